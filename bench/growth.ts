import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { migrate } from '../prisma/migrate';
import { startEmbeddedPostgres } from '../server/postgres/embedded-postgres';
import { fillPastes } from './growth-fill';
import { measureReadsDuringSearches } from './growth-reads';
import { renderVerdicts } from './report';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SIZES = [1_000, 100_000, 1_000_000];
const MAX_RATIO = 1.3;
const MAX_MS = 100;
/** Of each situation in which raw reads are measured. */
const READ_SECONDS = 20;

export interface Measurement {
  name: string;
  /** `flat`: as fast with the most pastes as with the fewest. `bounded`: within `MAX_MS`. */
  goal: 'flat' | 'bounded';
  /** Milliseconds. */
  p50: number;
  p95: number;
  /** Intended indexes that no plan uses. */
  missing: string[];
  /** Tables that a plan reads as a whole. */
  scans: string[];
}

/**
 * How lists, searches and the clean-up of an instance behave as it grows: fills databases of the real schema
 * with 1,000 to 1,000,000 pastes, measures the functions of `lib/pastes` on each, and compares them. Then it measures
 * raw reads during searches of the largest. A run with all sizes writes its report to docs/bench.
 * @param options.folder keeps the filled databases for another run.
 * @returns whether every goal is met
 */
export async function measureGrowth(
  options: { sizes?: number[]; readSeconds?: number; folder?: string } = {},
): Promise<boolean> {
  const { sizes = SIZES, readSeconds = READ_SECONDS } = options;
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'sheaf-growth-')));
  const postgres = await startEmbeddedPostgres({ folder, settings: { fsync: 'off' } });
  try {
    const results: Measurement[][] = [];
    let largest = '';
    for (const size of sizes) {
      const started = performance.now();
      const { url, now } = await prepareDatabase(postgres.url, size);
      console.log(`${size} pastes: filled in ${((performance.now() - started) / 1000).toFixed(0)} s`);
      results.push(await measureIn(url, size, now));
      largest = url;
    }
    const { lines, isMet } = describeResults(sizes, results);
    const filled = { size: sizes.at(-1) ?? 0, seconds: readSeconds };
    const { title, text, verdicts } = await measureReadsDuringSearches(largest, filled);
    lines.push('', `## ${title}`, '', text, '', renderVerdicts(verdicts));
    console.log(lines.join('\n'));
    if (sizes === SIZES) await writeReport(lines);
    return isMet && verdicts.every((verdict) => verdict.isMet);
  } finally {
    await postgres.stop();
    if (options.folder === undefined) {
      await rm(postgres.home, { recursive: true, force: true });
      await rm(folder, { recursive: true, force: true });
    }
  }
}

/** The database of this size and the time at which it was filled, which an earlier run may have done. */
async function prepareDatabase(server: string, size: number): Promise<{ url: string; now: Date }> {
  const name = `growth_${size}`;
  const url = new URL(server);
  url.pathname = `/${name}`;
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    const { rows } = await client.query<{ filled: string | null }>(
      `select shobj_description(oid, 'pg_database') as filled from pg_database where datname = $1`,
      [name],
    );
    const filled = rows[0]?.filled;
    if (filled) return { url: url.href, now: new Date(filled) };
    const now = new Date();
    await client.query(`drop database if exists ${name}`);
    await client.query(`create database ${name}`);
    await migrate(url.href);
    await fillPastes(url.href, { size, now });
    await client.query(`comment on database ${name} is '${now.toISOString()}'`);
    return { url: url.href, now };
  } finally {
    await client.end();
  }
}

/** In a process of its own, because the configuration of a process names one database. */
async function measureIn(url: string, size: number, now: Date): Promise<Measurement[]> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      '--conditions=react-server',
      '--import',
      'tsx',
      'bench/growth-process.ts',
      url,
      String(size),
      now.toISOString(),
    ],
    { cwd: ROOT, maxBuffer: 10_000_000 },
  );
  return JSON.parse(stdout) as Measurement[];
}

function describeResults(sizes: readonly number[], results: readonly Measurement[][]) {
  const lines = [
    `| ms, p50 / p95 | ${sizes.map((size) => size.toLocaleString('en')).join(' | ')} | ratio | goal |`,
    `|---|${sizes.map(() => '---:|').join('')}---:|---|`,
  ];
  let isMet = true;
  for (const [index, last] of (results.at(-1) ?? []).entries()) {
    const runs = results.map((list) => list[index]).filter((one) => one !== undefined);
    const ratio = last.p95 / (runs[0]?.p95 ?? last.p95);
    const verdict = judge(last, ratio);
    isMet &&= verdict.startsWith('met');
    const times = runs.map(({ p50, p95 }) => `${p50.toFixed(1)} / ${p95.toFixed(1)}`);
    lines.push(`| ${last.name} | ${times.join(' | ')} | ${ratio.toFixed(2)} | ${verdict} |`);
  }
  return { lines, isMet };
}

function judge(last: Measurement, ratio: number): string {
  const isFast = last.goal === 'flat' ? ratio < MAX_RATIO : last.p95 < MAX_MS;
  const goal = last.goal === 'flat' ? `ratio < ${MAX_RATIO}` : `p95 < ${MAX_MS} ms`;
  const faults = [
    ...(isFast ? [] : ['too slow']),
    ...last.missing.map((index) => `no plan uses ${index}`),
    ...last.scans.map((table) => `scans ${table}`),
  ];
  return faults.length === 0 ? `met (${goal})` : `not met (${goal}): ${faults.join(', ')}`;
}

async function writeReport(table: readonly string[]): Promise<void> {
  const day = new Date().toISOString().slice(0, 10);
  const [cpu] = cpus();
  const text = [
    `# Growth, ${day}`,
    '',
    `\`npm run bench -- --growth\` on ${cpus().length} × ${cpu?.model ?? 'unknown CPU'}, Node ${process.version}, the`,
    'embedded PostgreSQL. Each line is measured by the functions that the product calls, 100 times after a warm-up,',
    'on databases filled by `bench/growth-fill.ts`. The ratio compares the p95 of the largest and the smallest',
    'database; plans of the largest must use the intended indexes and read no table of pastes as a whole.',
    '',
    ...table,
    '',
  ].join('\n');
  const folder = join(ROOT, 'docs/bench');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `growth-${day}.md`), text);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder] = process.argv.slice(2);
  const isMet = await measureGrowth(folder === undefined ? {} : { folder });
  process.exitCode = isMet ? 0 : 1;
}
