import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { renderTable } from '../bench/report';
import { startPooler } from '../e2e/serverless/pooler';
import { Cleanup } from '../e2e/support/mounts';
import { POSTGRES_MAJORS, startRelease } from '../test/postgres-releases';
import { POOLER_URL_IN, SERVER_URL_IN } from '../test/test-database';
import { ROOT } from './root';
import { type Counts, readJson, vitestReport } from './test-report';

/** Of the unit tests that use a database, those of the commands start instances with the embedded one. */
const FOLDERS = ['lib/', 'prisma/'];

/**
 * Runs the unit tests of `lib/` and `prisma/` that use a database on each PostgreSQL that Sheaf supports, and on the
 * newest through PgBouncer in transaction mode. Arguments that are numbers choose major versions, `pooled` the pooler,
 * all others the tests.
 */
async function main(): Promise<void> {
  const args = process.argv.slice(2);
  const isTarget = (arg: string) => arg === 'pooled' || POSTGRES_MAJORS.includes(Number(arg));
  const chosen = args.filter(isTarget);
  const named = args.filter((arg) => !isTarget(arg));
  const tests = named.length > 0 ? named : FOLDERS;
  const targets = chosen.length > 0 ? chosen : [...POSTGRES_MAJORS.map(String), 'pooled'];
  const rows: string[][] = [];
  for (const target of targets) {
    rows.push(await testOn(target, tests));
  }
  console.log(`\n${renderTable(['', 'passed', 'failed', 'skipped'], rows)}`);
}

/** @returns the row of the table */
async function testOn(target: string, tests: readonly string[]): Promise<string[]> {
  const cleanup = new Cleanup();
  try {
    const major = target === 'pooled' ? Math.max(...POSTGRES_MAJORS) : Number(target);
    const { url, stop } = await startRelease(major);
    cleanup.add(stop);
    const pooler = target === 'pooled' ? await startPooler(url, cleanup) : null;
    const name = `PostgreSQL ${await readVersion(url)}`;
    if (target === 'pooled' && pooler === null) return [`${name}, PgBouncer is not installed`, '', '', ''];
    const title = pooler === null ? name : `${name} through PgBouncer`;
    console.log(`\n── ${title}`);
    const variables = { [SERVER_URL_IN]: url, ...(pooler !== null && { [POOLER_URL_IN]: pooler }) };
    const { passed, failed, skipped } = await runTests(variables, tests);
    if (failed > 0) process.exitCode = 1;
    return [title, ...[passed, failed, skipped].map(String)];
  } finally {
    await cleanup.run();
  }
}

/** As the server itself says it. */
async function readVersion(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ server_version: string }>('show server_version');
    return rows[0]?.server_version ?? '';
  } finally {
    await client.end();
  }
}

/** Tests without a report count as one failure. */
async function runTests(variables: Record<string, string>, tests: readonly string[]): Promise<Counts> {
  const folder = await mkdtemp(join(tmpdir(), 'sheaf-report-'));
  const report = join(folder, 'vitest.json');
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
  const options = ['--project=database', '--reporter=default', '--reporter=json', `--outputFile=${report}`];
  const child = spawn(process.execPath, [vitest, 'run', ...options, ...tests], {
    cwd: ROOT,
    env: { ...process.env, ...variables },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code] = await once(child, 'close');
  const counts = await readJson(report, vitestReport).catch(
    (): Counts => ({ passed: 0, failed: 1, skipped: 0 }),
  );
  await rm(folder, { recursive: true, force: true });
  return code === 0 ? counts : { ...counts, failed: Math.max(1, counts.failed) };
}

await main();
