import { readFile } from 'node:fs/promises';
import { listTree } from '../e2e/support/process';

/** Linux reports processor time in hundredths of a second, whatever its clock is. */
const MS_PER_TICK = 10;

/** Processor time in milliseconds that these processes and all below them have used; NaN without /proc. */
export async function readProcessorMs(roots: readonly number[]): Promise<number> {
  if (process.platform !== 'linux') return Number.NaN;
  const trees = await Promise.all(roots.map((root) => listTree(root)));
  const stats = trees.flat().map((pid) => readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ''));
  return (await Promise.all(stats)).reduce((sum, stat) => sum + countTicks(stat), 0) * MS_PER_TICK;
}

/** utime, stime, and those of children that have ended, in the text of /proc/PID/stat. */
export function countTicks(stat: string): number {
  // The name of the program, which may contain spaces and parentheses, comes before.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0);
}
