import { readFile, readlink, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Above every process number that a system gives. */
const NO_PROCESS = 2_147_483_647;

/** What `postmaster.pid` in the data folder says of the server. */
export interface Postmaster {
  pid: number;
  port: number;
  /** `ready` once the server accepts connections, `stopping` once it was asked to stop. */
  status: string;
}

/** Reads lines 1, 4 and 8 of the file. Null where there is none. */
export async function readPostmaster(data: string): Promise<Postmaster | null> {
  const text = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '');
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return null;
  return { pid, port: Number(lines[3]), status: lines[7] ?? '' };
}

/** Whether the server runs and accepts connections; one that was asked to stop accepts no more. */
export async function isInService(data: string, pid: number): Promise<boolean> {
  const postmaster = await readPostmaster(data);
  if (postmaster?.pid !== pid || postmaster.status === 'stopping') return false;
  return isPostmasterOf(data, pid);
}

/** Whether the process is the server of this data folder, and not another program with the same number. */
export async function isPostmasterOf(data: string, pid: number): Promise<boolean> {
  if (!isAlive(pid)) return false;
  if (process.platform !== 'linux') return true;
  const state = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // Ended, and its parent has not collected it.
  if (/\) Z /.test(state)) return false;
  const workingFolder = await readlink(`/proc/${pid}/cwd`).catch(() => null);
  if (workingFolder !== null) return isSameFile(workingFolder, data);
  const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '');
  return name.trim() === 'postgres';
}

/**
 * Replaces the number of a server that has ended: it may by now be another program's, and Postgres would then
 * refuse to start. The rest of the file stays: by it Postgres waits for server processes that have outlived
 * the postmaster.
 */
export async function disownProcess(data: string, pid: number): Promise<void> {
  if (!isAlive(pid)) return;
  const file = join(data, 'postmaster.pid');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace(/^\s*\d+/, String(NO_PROCESS)));
}

export async function isSameFile(one: string, other: string): Promise<boolean> {
  try {
    const [a, b] = await Promise.all([stat(one), stat(other)]);
    return a.ino === b.ino && a.dev === b.dev;
  } catch {
    return false;
  }
}

/** A process of another user counts as gone, as it does for Postgres: it cannot be ours. */
export function isAlive(pid: number): boolean {
  return signal(pid, 0);
}

/** Returns whether the process could be signalled. */
export function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}
