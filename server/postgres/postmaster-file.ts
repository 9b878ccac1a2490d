import { readFile, readlink, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Higher than any process id. */
const NO_PROCESS = 2_147_483_647;

/** The contents of `postmaster.pid` in the data folder. */
export interface Postmaster {
  pid: number;
  port: number;
  /** `ready` once the server accepts connections, `stopping` once it was told to stop. */
  status: string;
}

/** Reads lines 1, 4 and 8 of the file. Null if there is none. */
export async function readPostmaster(data: string): Promise<Postmaster | null> {
  const text = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '');
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return null;
  return { pid, port: Number(lines[3]), status: lines[7] ?? '' };
}

/** Whether the server runs and accepts connections, and was not told to stop. */
export async function isInService(data: string, pid: number): Promise<boolean> {
  const postmaster = await readPostmaster(data);
  if (postmaster?.pid !== pid || postmaster.status === 'stopping') return false;
  return isPostmasterOf(data, pid);
}

/** Whether the process is the server of this data folder, not another program with the same id. */
export async function isPostmasterOf(data: string, pid: number): Promise<boolean> {
  if (!isAlive(pid)) return false;
  if (process.platform !== 'linux') return true;
  const state = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // A zombie: it has ended, but its parent has not collected it.
  if (/\) Z /.test(state)) return false;
  const workingFolder = await readlink(`/proc/${pid}/cwd`).catch(() => null);
  if (workingFolder !== null) return isSameFile(workingFolder, data);
  const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '');
  return name.trim() === 'postgres';
}

/**
 * Replaces the process id of a server that has ended: another program may have it by now, and Postgres would
 * then refuse to start. The rest of the file stays, because Postgres uses it to wait for server processes
 * that outlive the postmaster.
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

/** A process of another user counts as ended, as it does for Postgres: it cannot be ours. */
export function isAlive(pid: number): boolean {
  return signal(pid, 0);
}

/** Returns whether the signal could be sent. */
export function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}
