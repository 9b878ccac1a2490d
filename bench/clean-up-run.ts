import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrate } from '../prisma/migrate';
import { startEmbeddedPostgres } from '../server/postgres/embedded-postgres';
import { type CleanUp, measureCleanUp } from './clean-up';
import { renderTable } from './report';
import { formatNumber } from './statistics';

const REPORTS = fileURLToPath(new URL('../docs/bench/', import.meta.url));
const SIZE = 100_000;
const KILLS = 50;

/**
 * Measures the clean-up of 100,000 expired pastes, or of as many as the first argument says, with 50 kills or as many
 * as the second one says. The complete run writes a report. Exits with 1 if anything is lost or left.
 */
async function main([size = SIZE, kills = KILLS]: number[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'sheaf-clean-up-'));
  const postgres = await startEmbeddedPostgres({ folder });
  try {
    await migrate(postgres.url);
    const blobFolder = join(folder, 'blobs');
    // Also for the sweeps, which are processes of their own.
    Object.assign(process.env, {
      NODE_ENV: 'test',
      DATABASE_URL: postgres.url,
      BLOB_DIR: blobFolder,
      MAIL_DIR: join(folder, 'mail'),
      AUTH_SECRET: 'a secret of the clean-up benchmark only',
      LOG_LEVEL: 'silent',
    });
    const measured = await measureCleanUp({ databaseUrl: postgres.url, blobFolder, size, kills });
    const table = describeCleanUp(measured, size);
    console.log(table);
    if (size === SIZE && kills === KILLS) await writeReport(table);
    if (!isMet(measured)) process.exitCode = 1;
    const { disconnect } = await import('../lib/core/db');
    await disconnect();
  } finally {
    await postgres.stop();
    await rm(postgres.home, { recursive: true, force: true });
    await rm(folder, { recursive: true, force: true });
  }
}

function removedAgain({ again }: CleanUp): number {
  return (
    again.pastes_ended + again.blobs_removed + again.blobs_failed + again.rows_removed + again.strays_removed
  );
}

function isMet(measured: CleanUp): boolean {
  return measured.faults.length === 0 && removedAgain(measured) === 0;
}

function describeCleanUp(measured: CleanUp, size: number): string {
  const { kills, rest, idle, reads, faults } = measured;
  const count = (value: number) => formatNumber(value, 0);
  const times = (list: readonly number[]) => {
    const sorted = [...list].sort((a, b) => a - b);
    const at = (share: number) => formatNumber(sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN, 1);
    return `${at(0.5)} / ${at(0.95)} / ${at(1)}`;
  };
  return renderTable(
    ['', 'measured'],
    [
      ['expired pastes', count(size)],
      ['sweeps killed in the midst of their work', count(kills)],
      [
        'two sweeps at the same time, for the rest',
        `${count(rest.pastes)} pastes in ${formatNumber(rest.seconds, 1)} s`,
      ],
      ['reads before it, ms: p50 / p95 / longest', times(idle)],
      [`${count(reads.length)} reads during it, ms: p50 / p95 / longest`, times(reads)],
      ['removed by one more sweep', count(removedAgain(measured))],
      ['lost or left', faults.length === 0 ? 'nothing' : faults.join('; ')],
    ],
  );
}

async function writeReport(table: string): Promise<void> {
  const day = new Date().toISOString().slice(0, 10);
  const [cpu] = cpus();
  const text = [
    `# Clean-up, ${day}`,
    '',
    `\`npm run bench:cleanup\` on ${cpus().length} × ${cpu?.model ?? 'unknown CPU'}, Node ${process.version}, the embedded`,
    'PostgreSQL and bodies in a folder. A tenth as many other pastes are read all the time, and half as many bodies',
    'without a row are removed as well.',
    '',
    table,
    '',
  ].join('\n');
  await writeFile(join(REPORTS, `clean-up-${day}.md`), text);
}

await main(process.argv.slice(2).map(Number));
