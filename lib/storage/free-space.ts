import 'server-only';
import type { StatsFs } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { env } from '../core/env';
import { usedFolders } from '../core/env-folders';
import { AppError } from '../core/errors';
import { perProcess } from '../core/per-process';
import { withinDeadline } from './deadline';

const MEASURED_FOR_MS = 2_000;
export const MIB = 1024 * 1024;

interface Measured {
  at: number;
  /** In bytes; infinite where bodies are not on a disk of this machine. */
  free: Promise<number>;
}

const measured = perProcess('free-space', (): { last?: Measured } => ({}));

/**
 * Requires that `MIN_FREE_DISK_MB` is free on the disk of the bodies, which often is that of the database as well, and
 * a database whose disk is full stops. Where the bodies are in a bucket, nothing is measured. It looks every two
 * seconds, which a few hundred large pastes can outrun.
 * @throws AppError storage_full, storage_unavailable
 */
export async function requireFreeSpace(): Promise<void> {
  const { MIN_FREE_DISK_MB } = env();
  if (MIN_FREE_DISK_MB > 0 && (await freeBytes()) < MIN_FREE_DISK_MB * MIB)
    throw new AppError('storage_full');
}

function freeBytes(): Promise<number> {
  const kept = measured.get();
  const at = performance.now();
  if (!kept.last || at - kept.last.at > MEASURED_FOR_MS) kept.last = { at, free: measure() };
  return kept.last.free;
}

async function measure(): Promise<number> {
  const { BLOB_DIR } = usedFolders(env());
  if (BLOB_DIR === undefined) return Number.POSITIVE_INFINITY;
  return withinDeadline(() => freeBytesAt(BLOB_DIR));
}

/** How many bytes this user can write to the disk that a folder is on, or will be. */
export async function freeBytesAt(folder: string): Promise<number> {
  const { bavail, bsize } = await statfsOf(resolve(folder));
  return bavail * bsize;
}

function statfsOf(folder: string): Promise<StatsFs> {
  return statfs(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT' || folder === dirname(folder)) throw error;
    return statfsOf(dirname(folder));
  });
}
