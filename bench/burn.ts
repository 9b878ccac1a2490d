import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { adoptDatabase, startFront } from '../e2e/support/mounts';
import { RATE_LIMIT_SCALE, type SheafProcess, startSheaf } from './sheaf-process';

const ROUNDS = 100;
const READERS = 100;

const createdShape = z.object({ slug: z.string() });

/**
 * Has many readers reveal the same burning paste at the same time, at the product as `npm start` runs it and at two
 * of them over one database, and prints how many were shown the text. Exits with 1 unless it was always as many as
 * the author allowed.
 */
async function main(): Promise<void> {
  const first = await startSheaf();
  const second = await startBeside(first).catch(async (error: unknown) => {
    await first.stop();
    throw error;
  });
  try {
    console.log(`${READERS} readers at the same time, ${ROUNDS} rounds each`);
    console.log(`${'processes'.padEnd(10)} reads  shown in a round  other answers  median round`);
    for (const urls of [[first.url], [first.url, second.url]]) {
      for (const reads of [1, 5]) await measure(urls, reads);
    }
  } finally {
    await second.stop();
    await first.stop();
  }
}

async function measure(urls: readonly string[], reads: number): Promise<void> {
  const rounds: Round[] = [];
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await revealAtOnce(urls, reads));
  const shown = [...new Set(rounds.map((round) => round.shown))].sort((a, b) => a - b);
  const statuses = [...new Set(rounds.flatMap((round) => round.statuses))].sort().join(', ');
  const median = rounds.map(({ ms }) => ms).sort((a, b) => a - b)[ROUNDS / 2] ?? 0;
  const cells = [String(urls.length).padEnd(10), String(reads).padEnd(5), shown.join(', ').padEnd(16)];
  console.log(`${cells.join(' ')}  ${statuses.padEnd(13)}  ${median.toFixed(0)} ms`);
  if (shown.join() !== String(reads) || statuses !== '404') process.exitCode = 1;
}

interface Round {
  /** How many readers were shown the text. */
  shown: number;
  /** Of the answers to the others. */
  statuses: number[];
  ms: number;
}

async function revealAtOnce(urls: readonly string[], reads: number): Promise<Round> {
  const text = randomBytes(64).toString('hex');
  const created = await fetch(`${urls[0]}/api/v1/pastes`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ content: text, burn_after: reads }),
  });
  const { slug } = createdShape.parse(await created.json());
  const begun = performance.now();
  const answers = await Promise.all(
    Array.from({ length: READERS }, async (_, reader) => {
      const answer = await fetch(`${urls[reader % urls.length]}/api/v1/pastes/${slug}/reveal`, {
        method: 'POST',
        headers: { 'idempotency-key': randomBytes(16).toString('hex') },
      });
      return { status: answer.status, isShown: (await answer.text()).includes(text) };
    }),
  );
  const ms = performance.now() - begun;
  const others = answers.filter(({ isShown }) => !isShown);
  return { shown: READERS - others.length, statuses: others.map(({ status }) => status), ms };
}

/** Another `npm start` with the database and the bodies of the first one. */
async function startBeside({ dataFolder }: SheafProcess): Promise<{ url: string; stop(): Promise<void> }> {
  const ownFolder = await mkdtemp(join(tmpdir(), 'sheaf-bench-'));
  const { url: DATABASE_URL } = await adoptDatabase(dataFolder);
  const env = { DATABASE_URL, BLOB_DIR: join(dataFolder, 'blobs'), RATE_LIMIT_SCALE, LOG_LEVEL: 'warn' };
  const remove = () => rm(ownFolder, { recursive: true, force: true });
  const server = await startFront({ dataFolder: ownFolder, env }).catch(async (error: unknown) => {
    await remove();
    throw error;
  });
  return {
    url: server.url,
    async stop() {
      await server.stop();
      await remove();
    },
  };
}

await main();
