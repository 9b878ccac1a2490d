import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { adoptDatabase, startFront } from '../e2e/support/mounts';
import { newSecret, secretForm } from '../e2e/support/secret';
import { RATE_LIMIT_SCALE, type SheafProcess, startSheaf } from './sheaf-process';

const ROUNDS = 100;
const READERS = 100;
/** Of each round of a secret paste, beside the readers. */
const WRONG_PROOFS = 10;

const createdShape = z.object({ slug: z.string() });

/**
 * Has many readers reveal the same burning paste at the same time, at the product as `npm start` runs it and at two
 * of them over one database, and prints how many were shown the text. Secret pastes are revealed with their proof,
 * while others try wrong ones. Exits with 1 unless it was always as many as the author allowed.
 */
async function main(): Promise<void> {
  const first = await startSheaf();
  const second = await startBeside(first).catch(async (error: unknown) => {
    await first.stop();
    throw error;
  });
  try {
    console.log(`${READERS} readers at the same time, ${ROUNDS} rounds each`);
    console.log(`of a secret paste, beside ${WRONG_PROOFS} wrong proofs`);
    console.log(`${'paste'.padEnd(7)} processes  reads  shown in a round  other answers  median round`);
    for (const create of [createText, createSecret]) {
      for (const urls of [[first.url], [first.url, second.url]]) {
        for (const reads of [1, 5]) await measure(create, urls, reads);
      }
    }
  } finally {
    await second.stop();
    await first.stop();
  }
}

async function measure(create: CreateBurning, urls: readonly string[], reads: number): Promise<void> {
  const rounds: Round[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const paste = await create(urls[0] ?? '', reads);
    rounds.push(await revealAtOnce(paste, urls));
  }
  const shown = [...new Set(rounds.map((round) => round.shown))].sort((a, b) => a - b);
  const statuses = [...new Set(rounds.flatMap((round) => round.statuses))].sort();
  const median = rounds.map(({ ms }) => ms).sort((a, b) => a - b)[ROUNDS / 2] ?? 0;
  const kind = create === createSecret ? 'secret' : 'text';
  const cells = [kind.padEnd(7), String(urls.length).padEnd(9), ` ${String(reads).padEnd(5)}`];
  const counts = [shown.join(', ').padEnd(16), statuses.join(', ').padEnd(13), `${median.toFixed(0)} ms`];
  console.log([cells.join(' '), ...counts].join('  '));
  const expected = create === createSecret ? [403, 404] : [404];
  if (shown.join() !== String(reads) || statuses.some((status) => !expected.includes(status))) {
    process.exitCode = 1;
  }
}

interface BurningPaste {
  slug: string;
  /** The answer to a reveal that is counted. */
  content: Buffer;
  /** The bodies of the requests that may reveal it, and of those that may not. */
  right: string;
  wrong: readonly string[];
}

type CreateBurning = (url: string, reads: number) => Promise<BurningPaste>;

async function createText(url: string, reads: number): Promise<BurningPaste> {
  const text = randomBytes(64).toString('hex');
  const body = JSON.stringify({ content: text, burn_after: reads });
  const slug = await post(url, { body, headers: { 'content-type': 'application/json' } });
  return { slug, content: Buffer.from(text), right: '{}', wrong: [] };
}

async function createSecret(url: string, reads: number): Promise<BurningPaste> {
  const secret = await newSecret(randomBytes(64));
  const slug = await post(url, { body: secretForm(secret, { burn_after: String(reads) }) });
  const wrong = Array.from({ length: WRONG_PROOFS }, () => randomBytes(32).toString('hex'));
  return {
    slug,
    content: Buffer.from(secret.payload),
    right: JSON.stringify({ proof: secret.proof }),
    wrong: wrong.map((proof) => JSON.stringify({ proof })),
  };
}

async function post(
  url: string,
  init: { body: BodyInit; headers?: Record<string, string> },
): Promise<string> {
  const headers = { accept: 'application/json', ...init.headers };
  const answer = await fetch(`${url}/api/v1/pastes`, { ...init, method: 'POST', headers });
  return createdShape.parse(await answer.json()).slug;
}

interface Round {
  /** How many requests were answered with the content. */
  shown: number;
  /** Of the answers to the others. */
  statuses: number[];
  ms: number;
}

async function revealAtOnce(
  { slug, content, right, wrong }: BurningPaste,
  urls: readonly string[],
): Promise<Round> {
  const bodies = [...wrong, ...Array.from({ length: READERS }, () => right)];
  const begun = performance.now();
  const answers = await Promise.all(
    bodies.map(async (body, number) => {
      const answer = await fetch(`${urls[number % urls.length]}/api/v1/pastes/${slug}/reveal`, {
        method: 'POST',
        headers: {
          accept: 'application/octet-stream, application/json;q=0.5',
          'content-type': 'application/json',
          'idempotency-key': randomBytes(16).toString('hex'),
        },
        body,
      });
      const isShown = Buffer.from(await answer.arrayBuffer()).includes(content);
      return { status: answer.status, isShown, isWrong: wrong.includes(body) };
    }),
  );
  const ms = performance.now() - begun;
  if (answers.some(({ isShown, isWrong }) => isShown && isWrong))
    throw new Error('A wrong proof revealed it.');
  const others = answers.filter(({ isShown }) => !isShown);
  return { shown: answers.length - others.length, statuses: others.map(({ status }) => status), ms };
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
