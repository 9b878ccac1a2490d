import 'server-only';
import * as fs from 'node:fs';
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import { now } from '@/lib/core/clock';
import { Coalescer } from '@/lib/core/coalesce';
import type { Deadline } from '@/lib/core/timeout';
import { assertBlobKey, isBlobKey, newBlobKey } from './blob-key';
import { withinDeadline } from './deadline';
import { type BlobStore, STORAGE_TIMEOUT_MS, type StoredBlob } from './store';

const TEMPORARY_FOLDER = 'tmp';
const SHARD_SHAPE = /^[0-9a-f]{2}$/;
/** So that each batch keeps within the deadline, on a slow disk too. */
const STATS_AT_ONCE = 1_000;
const LEFTOVER_AGE_MS = 24 * 60 * 60 * 1_000;

// A create does these, and their counterparts in `node:fs/promises` use a fifth more processor time.
const writeFile = promisify(fs.writeFile);
const open = promisify(fs.open);
const fsync = promisify(fs.fsync);
const close = promisify(fs.close);

/**
 * Bodies as files `ab/<key>` under the folder, which is created when it is missing. A file is written under its
 * key, and synced with its folder before `put` resolves: until then no row names the key, so no reader sees a part
 * of it, and what a crash left is a body that no row names. Earlier versions stored `ab/cd/<key>`, which is still
 * read, and wrote files in `tmp` first: `list` removes what crashed writes left there.
 */
export function createFilesystemStore(folder: string): BlobStore {
  const root = resolve(folder);
  const temporaryFolder = join(root, TEMPORARY_FOLDER);
  const ensured = new Map<string, Promise<void>>();
  const flushes = new Map<string, Coalescer<void, void>>();

  /** A flush begins after all that it is for was written: bodies that are stored at the same time share it. */
  function flushFolder(path: string): Promise<void> {
    let flush = flushes.get(path);
    if (flush === undefined) {
      const limit = { ms: STORAGE_TIMEOUT_MS, message: 'A folder was not flushed in time' };
      const run = () => syncFolder(path);
      flush = new Coalescer({ run, maxRunning: 1, maxItems: Number.POSITIVE_INFINITY, limit });
      flushes.set(path, flush);
    }
    return flush.add();
  }

  function ensureFolder(path: string): Promise<void> {
    const known = ensured.get(path);
    if (known) return known;
    const made = makeFolder(path).catch((error: unknown) => {
      ensured.delete(path);
      throw error;
    });
    ensured.set(path, made);
    return made;
  }

  async function makeFolder(path: string): Promise<void> {
    if (path !== root) await ensureFolder(root);
    const first = await mkdir(path, { recursive: true, mode: 0o700 });
    const isRootNew = first !== undefined && `${root}${sep}`.startsWith(`${first}${sep}`);
    if (path === root && !isRootNew) return;
    const last = isRootNew ? dirname(first) : root;
    for (let parent = dirname(path); ; parent = dirname(parent)) {
      await syncFolder(parent);
      if (parent === last) return;
    }
  }

  async function store(key: string, body: Uint8Array, deadline: Deadline): Promise<void> {
    const target = pathOf(root, key);
    const folder = dirname(target);
    await ensureFolder(folder);
    try {
      await writeNew(target, body, deadline);
      await flushFolder(folder);
    } catch (error) {
      // The folders may have been removed by another program: the next put recreates them.
      ensured.clear();
      throw error;
    }
  }

  return {
    async put(key, body) {
      assertBlobKey(key);
      await withinDeadline((deadline) => store(key, body, deadline));
    },

    async get(key) {
      assertBlobKey(key);
      return await withinDeadline(
        async ({ signal }) =>
          (await readBytes(pathOf(root, key), signal)) ?? (await readBytes(earlierPathOf(root, key), signal)),
      );
    },

    async delete(keys) {
      for (const key of keys) assertBlobKey(key);
      const paths = keys.flatMap((key) => [pathOf(root, key), earlierPathOf(root, key)]);
      await withinDeadline(() => Promise.all(paths.map((path) => rm(path, { force: true }))));
    },

    async *list(from = '') {
      await withinDeadline(() => removeLeftovers(temporaryFolder));
      for (const shard of await listFolders(root)) {
        if (shard >= from.slice(0, 2)) yield* listShard(root, shard, from);
      }
    },

    async ping() {
      await withinDeadline(async () => {
        await mkdir(temporaryFolder, { recursive: true, mode: 0o700 });
        const probe = join(temporaryFolder, newBlobKey());
        try {
          await writeFile(probe, 'ping', { flag: 'wx', mode: 0o600 });
        } finally {
          await rm(probe, { force: true });
        }
      });
    },
  };
}

/** One of 256 folders: few enough that almost every body finds its folder there. */
function pathOf(root: string, key: string): string {
  return join(root, key.slice(0, 2), key);
}

function earlierPathOf(root: string, key: string): string {
  return join(root, key.slice(0, 2), key.slice(2, 4), key);
}

/** Fails if the name is taken, and removes what it wrote if it fails later. */
async function writeNew(path: string, body: Uint8Array, deadline: Deadline): Promise<void> {
  try {
    await writeFile(path, body, { flag: 'wx', mode: 0o600, flush: true });
    deadline.throwIfOver();
  } catch (error) {
    if (!isSystemError(error, 'EEXIST')) await rm(path, { force: true }).catch(() => {});
    throw error;
  }
}

async function syncFolder(path: string): Promise<void> {
  // Windows cannot open a folder; its file systems journal names by themselves.
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await fsync(folder);
  } finally {
    await close(folder);
  }
}

async function readBytes(path: string, signal: AbortSignal): Promise<Uint8Array | null> {
  const body = await orIfAbsent(readFile(path, { signal }), null);
  return body && new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
}

async function listNames(folder: string): Promise<string[]> {
  const names = await withinDeadline(() => orIfAbsent(readdir(folder), []));
  return names.sort();
}

/** The names of the folders `00` to `ff` in a folder. */
async function listFolders(folder: string): Promise<string[]> {
  return (await listNames(folder)).filter((name) => SHARD_SHAPE.test(name));
}

/** The blobs of a folder and of those below it, by key, from this key on. */
async function* listShard(root: string, shard: string, from: string): AsyncIterable<StoredBlob> {
  const paths = new Map<string, string>();
  for (const prefix of [shard, ...(await listFolders(join(root, shard))).map((inner) => shard + inner)]) {
    const folder = join(root, shard, prefix.slice(2));
    for (const name of await listNames(folder)) {
      if (isBlobKey(name) && name.startsWith(prefix) && name >= from) paths.set(name, join(folder, name));
    }
  }
  const sorted = [...paths].sort(([one], [other]) => (one < other ? -1 : 1));
  for (let start = 0; start < sorted.length; start += STATS_AT_ONCE) {
    const some = sorted.slice(start, start + STATS_AT_ONCE);
    const blobs = await withinDeadline(() => Promise.all(some.map(([key, path]) => statBlob(key, path))));
    yield* blobs.filter((blob) => blob !== null);
  }
}

async function statBlob(key: string, path: string): Promise<StoredBlob | null> {
  const stats = await orIfAbsent(stat(path), null);
  return stats && { key, modifiedAt: stats.mtime, place: key };
}

async function removeLeftovers(folder: string): Promise<void> {
  const oldest = now().getTime() - LEFTOVER_AGE_MS;
  for (const name of await orIfAbsent(readdir(folder), [])) {
    // The folder may have files of another program, too.
    if (!isBlobKey(name)) continue;
    const path = join(folder, name);
    const stats = await orIfAbsent(stat(path), null);
    if (stats?.isFile() && stats.mtimeMs < oldest) await rm(path, { force: true });
  }
}

async function orIfAbsent<T, U>(answer: Promise<T>, absent: U): Promise<T | U> {
  try {
    return await answer;
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return absent;
    throw error;
  }
}

function isSystemError(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
