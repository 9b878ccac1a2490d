import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { AUTHORS, type CycleResult, DurabilityTest, KILLS } from '../e2e/support/durability';
import { Cleanup } from '../e2e/support/mounts';
import { ensureBuilt } from '../scripts/build';
import { renderTable } from './report';
import { formatNumber } from './statistics';

const REPORTS = fileURLToPath(new URL('../docs/bench/', import.meta.url));
const CYCLES = 30;
/** Fewer say too little to be kept. */
const REPORTED_FROM = 30;

/**
 * Kills an instance again and again while it is written to: its processes, its Postgres, both, in turn. After each
 * kill everything acknowledged is compared byte by byte, and at the end once more. `--cycles` says how often; from 30
 * on, a report is written. Exits with 1 if anything is lost, or if the instance does not come back; the data folder is
 * then kept.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { cycles: { type: 'string', default: String(CYCLES) } } });
  const count = Number(values.cycles);
  if (!Number.isInteger(count) || count < 1) throw new Error('--cycles must be a whole number from 1.');
  await ensureBuilt();
  const dataFolder = await mkdtemp(join(tmpdir(), 'sheaf-soak-'));
  const cleanup = new Cleanup();
  const cycles: CycleResult[] = [];
  const faults: string[] = [];
  try {
    const test = await DurabilityTest.start(dataFolder, cleanup);
    while (cycles.length < count) {
      const kill = KILLS[cycles.length % KILLS.length] ?? 'both';
      const result = await test.runCycle(kill);
      cycles.push(result);
      faults.push(...result.faults);
      console.log(
        `${cycles.length}/${count} ${kill}: ${result.acknowledged} acknowledged, ${result.faults.length} faults`,
      );
    }
    faults.push(...(await test.check()));
  } catch (error) {
    faults.push(`cycle ${cycles.length + 1} was not completed`);
    console.error(error);
  } finally {
    await cleanup.run();
  }
  const table = describeSoak(cycles, faults);
  console.log(`\n${table}`);
  if (cycles.length >= REPORTED_FROM) await writeReport(table, count);
  if (faults.length === 0) return rm(dataFolder, { recursive: true, force: true });
  process.exitCode = 1;
  console.log(`\nThe data folder is kept for examination: ${dataFolder}`);
}

function describeSoak(cycles: readonly CycleResult[], faults: readonly string[]): string {
  const rows = KILLS.map((kill) => {
    const own = cycles.filter((cycle) => cycle.kill === kill);
    const sum = (read: (cycle: CycleResult) => number) =>
      formatNumber(
        own.reduce((total, cycle) => total + read(cycle), 0),
        0,
      );
    const longest =
      own.length === 0 ? Number.NaN : Math.max(...own.map((cycle) => cycle.backAfterMs)) / 1_000;
    return [
      kill,
      String(own.length),
      sum((cycle) => cycle.acknowledged),
      sum((cycle) => cycle.unknown),
      formatNumber(longest, 1),
    ];
  });
  const head = ['killed', 'times', 'acknowledged', 'not acknowledged', 'back within, s'];
  const verdict = faults.length === 0 ? 'Nothing acknowledged was lost.' : `Faults: ${faults.join('; ')}.`;
  return `${renderTable(head, rows)}\n\n${verdict}`;
}

async function writeReport(table: string, count: number): Promise<void> {
  const day = new Date().toISOString().slice(0, 10);
  const [cpu] = cpus();
  const text = [
    `# Soak, ${day}`,
    '',
    `\`npm run soak -- --cycles ${count}\` on ${cpus().length} × ${cpu?.model ?? 'unknown CPU'}, Node ${process.version}.`,
    `${AUTHORS} authors create, edit and delete pastes when something is killed with SIGKILL. After it everything`,
    'acknowledged is compared byte by byte; what was not acknowledged is there as a whole or not at all.',
    '',
    table,
    '',
  ].join('\n');
  await writeFile(`${REPORTS}soak-${day}.md`, text);
}

await main();
