import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pLimit from 'p-limit';
import pg from 'pg';
import type { SweepResult } from '../lib/jobs/sweep';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SWEEP = ['--conditions=react-server', '--import', 'tsx', 'bench/clean-up-process.ts'];
const WRITES_AT_ONCE = 50;
const IDLE_READS = 200;

export interface CleanUp {
  /** Sweeps that were killed, each in the midst of its work. */
  kills: number;
  /** Seconds of the two sweeps at the same time that did the rest, and how many expired pastes were left for them. */
  rest: { seconds: number; pastes: number };
  /** Milliseconds of reads of other pastes, before and during the clean-up. */
  idle: number[];
  reads: number[];
  /** What a sweep after all of it still removed. */
  again: SweepResult;
  /** In words, what is there and should not be, or the reverse. */
  faults: string[];
}

/**
 * Fills the empty database and store of this process's configuration with `size` expired pastes, a tenth as many that
 * are not, and bodies without a row, half as many. Then sweeps: kills `kills` sweeps in the midst of their work, lets
 * two do the rest at the same time, and runs one more. Reads the other pastes all the time.
 */
export async function measureCleanUp(options: {
  databaseUrl: string;
  blobFolder: string;
  size: number;
  kills: number;
}): Promise<CleanUp> {
  const { size, kills } = options;
  const client = new pg.Client({ connectionString: options.databaseUrl });
  await client.connect();
  try {
    const lasting = Math.ceil(size / 10);
    await fill(client, { ...options, lasting });
    const idle: number[] = [];
    for (let count = 0; count < IDLE_READS; count += 1) idle.push(await readOne(lasting));
    const reading = startReading(lasting);
    for (let kill = 1; kill <= kills; kill += 1) {
      await killSweep(client, { left: Math.floor((size * (kills + 1 - kill)) / (kills + 1)) });
    }
    const pastes = await countExpired(client);
    const begun = performance.now();
    await Promise.all([sweepToTheEnd(), sweepToTheEnd()]);
    const seconds = (performance.now() - begun) / 1_000;
    const reads = await reading.stop();
    const [again] = await sweepToTheEnd();
    if (!again) throw new Error('unreachable: a sweep has a result');
    const faults = [...reading.faults, ...(await findFaults(client, { ...options, lasting }))];
    return { kills, rest: { seconds, pastes }, idle, reads, again, faults };
  } finally {
    await client.end();
  }
}

/** Of the paste number `n`: the last ones do not expire. */
const textOf = (n: number) => `the text of paste ${n}`;
const slugOf = (n: number) => `C${String(n).padStart(11, '0')}`;

async function fill(
  client: pg.Client,
  { blobFolder, size, lasting }: { blobFolder: string; size: number; lasting: number },
): Promise<void> {
  const { rows } = await client.query<{ key: string; n: number }>(FILL, [lasting, size]);
  const bodies = rows.map(({ key, n }) => ({ key, text: textOf(n) }));
  const strays = Array.from({ length: Math.ceil(size / 2) }, () => ({
    key: randomBytes(20).toString('hex'),
    text: '',
  }));
  const all = [...bodies, ...strays];
  const folders = new Set(all.map(({ key }) => join(blobFolder, key.slice(0, 2))));
  await Promise.all([...folders].map((folder) => mkdir(folder, { recursive: true })));
  const limit = pLimit(WRITES_AT_ONCE);
  await limit.map(all, ({ key, text }) => writeFile(join(blobFolder, key.slice(0, 2), key), text));
  await client.query('vacuum analyze');
}

const FILL = `
  with source as (
    select n, gen_random_uuid() as id, gen_random_uuid() as revision_id,
      convert_to('the text of paste ' || n, 'UTF8') as text, left(encode(sha256(n::text::bytea), 'hex'), 40) as key
    from generate_series(1, $1::int + $2::int) n),
  added_pastes as (
    insert into pastes (id, slug, title, visibility, expires_at, created_at, updated_at, haystack)
    select id, 'C' || lpad(n::text, 11, '0'), '', 'unlisted', case when n > $1 then now() - interval '1 hour' end,
      now() - interval '2 hours', now() - interval '2 hours', '' from source),
  added_revisions as (
    insert into revisions (id, paste_id, number) select revision_id, id, 1 from source),
  added_files as (
    insert into files (id, revision_id, position, name, language, bytes, lines, sha256, blob_key)
    select gen_random_uuid(), revision_id, 1, '', 'text', length(text), 1, sha256(text), key from source)
  select key, n from source`;

async function countExpired(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    'select count(*)::int as count from pastes where deleted_at is null and expires_at < now()',
  );
  return rows[0]?.count ?? 0;
}

/** Reads a paste that does not expire, as the product does. @returns milliseconds */
async function readOne(lasting: number): Promise<number> {
  const { findPaste } = await import('../lib/pastes/queries');
  const { readFileText } = await import('../lib/pastes/read');
  const n = 1 + Math.floor(Math.random() * lasting);
  const begun = performance.now();
  const paste = await findPaste(slugOf(n), new Date());
  const text = paste?.files[0] && (await readFileText(paste.files[0]));
  if (text !== textOf(n)) throw new Error(`paste ${n} reads ${text}`);
  return performance.now() - begun;
}

function startReading(lasting: number): { faults: string[]; stop(): Promise<number[]> } {
  let isStopped = false;
  const faults: string[] = [];
  const times: number[] = [];
  const read = async () => {
    while (!isStopped) {
      await readOne(lasting).then(
        (ms) => times.push(ms),
        (error: unknown) => faults.push(`a read failed: ${String(error)}`),
      );
      await sleep(10);
    }
    return times;
  };
  const reading = read();
  return {
    faults,
    stop() {
      isStopped = true;
      return reading;
    },
  };
}

function startSweep(): { child: ChildProcess; result: Promise<SweepResult> } {
  const child = spawn(process.execPath, SWEEP, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
    });
  }
  const end = async () => {
    const [code] = await once(child, 'close');
    if (code !== 0) throw new Error(`a sweep ended with ${code}: ${output.stderr}`);
    return JSON.parse(output.stdout) as SweepResult;
  };
  return { child, result: end() };
}

/** Starts a sweep, and kills it when it has left so many expired pastes, or fewer. */
async function killSweep(client: pg.Client, { left }: { left: number }): Promise<void> {
  const { child, result } = startSweep();
  const ended = result.then(
    () => 'ended by itself',
    () => 'killed',
  );
  while ((await countExpired(client)) > left && child.exitCode === null) await sleep(1);
  child.kill('SIGKILL');
  if ((await ended) !== 'killed') throw new Error('a sweep ended before it could be killed');
}

/** Sweeps until one is complete. @returns what each of them did */
async function sweepToTheEnd(): Promise<SweepResult[]> {
  const results: SweepResult[] = [];
  while (!results.at(-1)?.complete) results.push(await startSweep().result);
  return results;
}

async function findFaults(
  client: pg.Client,
  { blobFolder, lasting }: { blobFolder: string; lasting: number },
): Promise<string[]> {
  const { rows } = await client.query<Record<string, number>>(
    `select (select count(*)::int from pastes) as pastes, (select count(*)::int from files) as files,
       (select count(*)::int from blob_deletions) as queued`,
  );
  const entries = await readdir(blobFolder, { recursive: true, withFileTypes: true });
  const counts = { ...rows[0], bodies: entries.filter((entry) => entry.isFile()).length };
  const expected = { pastes: lasting, files: lasting, queued: 0, bodies: lasting };
  const named = await client.query<{ key: string }>('select blob_key as key from files');
  const stored = new Set(entries.map(({ name }) => name));
  const missing = named.rows.filter(({ key }) => !stored.has(key)).length;
  return [
    ...Object.entries(expected)
      .filter(([name, count]) => counts[name as keyof typeof counts] !== count)
      .map(([name, count]) => `${counts[name as keyof typeof counts]} ${name} are left, not ${count}`),
    ...(missing > 0 ? [`${missing} bodies of pastes are missing`] : []),
  ];
}
