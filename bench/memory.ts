import { readFile } from 'node:fs/promises';
import { listTree } from '../e2e/support/process';

/**
 * Memory of these processes in bytes, as proportional set size: a page that several share counts once in
 * all. NaN without /proc.
 */
export async function readPss(pids: readonly number[]): Promise<number> {
  if (process.platform !== 'linux') return Number.NaN;
  const texts = pids.map((pid) => readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => ''));
  return (await Promise.all(texts)).reduce((sum, text) => sum + pssOf(text), 0);
}

/** The process `npm start` runs in and all that it started. */
export function listProcesses({ pid }: { pid: number; dataFolder: string }): Promise<number[]> {
  return listTree(pid);
}

function pssOf(rollup: string): number {
  return Number(/^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1] ?? 0) * 1_024;
}
