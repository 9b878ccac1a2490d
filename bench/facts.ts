import { execFile } from 'node:child_process';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { promisify } from 'node:util';
import type { Scale } from './options';
import { RATE_LIMIT_SCALE } from './sheaf-process';

const GIB = 1024 ** 3;
const run = promisify(execFile);

/**
 * Where, when and how a run measures, in sentences. Call it before the run: it includes the present load.
 * @param against the folder of the version that this one is compared with, in place of floors
 */
export async function describeRun({ rounds, round, warmUp }: Scale, against?: string): Promise<string[]> {
  const processors = cpus();
  const [load = 0] = loadavg();
  const comparison =
    against === undefined
      ? 'A ratio compares a case with its floor in the same round. The floors use the Postgres of Sheaf, with another database, and files in its data folder.'
      : `Before is commit ${await describeCommit(against)}, after is this one. Both run all the time and are measured in turns; a ratio compares them in the same round.`;
  return [
    `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC, commit ${await describeCommit(import.meta.dirname)}`,
    `Node ${process.version}, ${processors.length} × ${processors[0]?.model.trim()}, ${(totalmem() / GIB).toFixed(1)} GiB, ${type()} ${release()}; load average before the run ${load.toFixed(2)}`,
    `Median of ${rounds} rounds, with the lowest and the highest; in each round, ${round} s of every case after one warm-up of ${warmUp} s.`,
    comparison,
    'CPU is the processor time of all processes that answer, Postgres included. The load generator (autocannon) runs on the same processors.',
    `RATE_LIMIT_SCALE is ${RATE_LIMIT_SCALE}: requests are counted as always, and none is refused. Every connection has its own client address.`,
  ];
}

async function describeCommit(folder: string): Promise<string> {
  try {
    const { stdout } = await run('git', ['describe', '--always', '--dirty', '--exclude=*'], {
      cwd: folder,
    });
    return stdout.trim();
  } catch {
    return 'unknown';
  }
}
