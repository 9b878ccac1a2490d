import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { expect, test } from './fixtures';
import { type Answer, Api } from './support/api';
import {
  type Cleanup,
  createDatabase,
  makeFolder,
  serviceVariables,
  startBlobStore,
  startFront,
} from './support/mounts';
import { listTree } from './support/process';
import { pasteShape } from './support/shapes';
import { query } from './support/storage';

const TEXT = 'text of a paste that burns';
const ROUNDS = 5;
const READERS = 100;

const newKey = () => randomBytes(16).toString('hex');

function reveal({ api, slug, key }: { api: Api; slug: string; key: string }, signal?: AbortSignal) {
  const headers = { 'idempotency-key': key };
  return api.send(`/api/v1/pastes/${slug}/reveal`, { method: 'POST', headers, ...(signal && { signal }) });
}

/** As a client does that gets no connection on a busy machine: asks again with the same key. */
async function revealAtLast(reader: Parameters<typeof reveal>[0]): Promise<Answer> {
  const answer = await reveal(reader);
  return answer.status === 503 ? revealAtLast(reader) : answer;
}

interface Service {
  databaseUrl: string;
  /** Starts a front over the database and the store; with a port, in place of an earlier one. */
  start(port?: number): ReturnType<typeof startFront>;
}

async function prepareService(cleanup: Cleanup): Promise<Service> {
  const databaseUrl = await createDatabase(cleanup);
  const store = await startBlobStore(cleanup);
  // As behind a pooler the server sets no limit to statements: the one that is kept waiting is not cancelled.
  const env = { ...serviceVariables({ databaseUrl, store }), DATABASE_POOLED: 'true' };
  return {
    databaseUrl,
    async start(port) {
      const dataFolder = await makeFolder(cleanup);
      const server = await startFront({ dataFolder, env, ...(port !== undefined && { port }) });
      cleanup.add(() => server.stop());
      return server;
    },
  };
}

/** Keeps the next reader of a paste waiting at the statement that counts the read. */
async function holdReaders(databaseUrl: string, slug: string) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('begin');
  await client.query('select id from pastes where slug = $1 for update', [slug]);
  const [self] = (await client.query<{ pid: number }>('select pg_backend_pid() as pid')).rows;
  const text = 'select count(*)::int as count from pg_stat_activity where $1 = any(pg_blocking_pids(pid))';
  return {
    async expectReader() {
      const countWaiting = async () =>
        (await query<{ count: number }>(databaseUrl, text, [self?.pid]))[0]?.count;
      await expect.poll(countWaiting).toBe(1);
    },
    /** Lets the statement go on, and waits until it has counted. */
    async letGo() {
      await client.query('commit');
      await client.end();
      await expect.poll(() => countReads(databaseUrl, slug)).toBe(1);
    },
  };
}

async function countReads(databaseUrl: string, slug: string): Promise<number | undefined> {
  const text = `select reads from pastes where slug = $1 and reads =
    (select count(*) from reveals r join pastes p on p.id = r.paste_id where p.slug = $1)`;
  return (await query<{ reads: number }>(databaseUrl, text, [slug]))[0]?.reads;
}

/** The process that renders pages, below that of `npm start`. */
async function findNext(pid: number): Promise<number> {
  for (const one of await listTree(pid)) {
    const command = await readFile(`/proc/${one}/cmdline`, 'utf8').catch(() => '');
    if (/next-server|next\/dist\/bin\/next/.test(command)) return one;
  }
  throw new Error('Next is not running.');
}

test('a read whose answer was lost is answered again to the same key, and counted once', async ({
  cleanup,
}) => {
  test.setTimeout(180_000);
  const { databaseUrl, start } = await prepareService(cleanup);
  const first = await start();
  const api = new Api(first.url);
  const [cut, killed] = [
    { api, key: newKey(), slug: (await api.create({ content: TEXT, burn_after: 1 })).slug },
    { api, key: newKey(), slug: (await api.create({ content: TEXT, burn_after: 1 })).slug },
  ];

  const cutting = new AbortController();
  const heldCut = await holdReaders(databaseUrl, cut.slug);
  const aborted = expect(reveal(cut, cutting.signal)).rejects.toThrow();
  await heldCut.expectReader();
  cutting.abort();
  await aborted;
  await heldCut.letGo();

  const heldKilled = await holdReaders(databaseUrl, killed.slug);
  const lost = expect(reveal(killed)).rejects.toThrow();
  await heldKilled.expectReader();
  await first.kill();
  await lost;
  await heldKilled.letGo();
  await start(Number(new URL(first.url).port));

  for (const reader of [cut, killed]) {
    for (let time = 1; time <= 2; time += 1) {
      const answer = await reveal(reader);
      expect(answer.status, answer.text).toBe(200);
      expect(answer.headers.get('idempotent-replayed')).toBe('true');
      expect(answer.json(pasteShape).files[0]?.content).toBe(TEXT);
    }
    expect((await reveal({ ...reader, key: newKey() })).status).toBe(404);
    expect(await countReads(databaseUrl, reader.slug)).toBe(1);
  }
});

test('a page whose process is killed during a reveal offers to post it again', async ({
  browser,
  cleanup,
}) => {
  test.setTimeout(180_000);
  const { databaseUrl, start } = await prepareService(cleanup);
  const first = await start();
  const { slug } = await new Api(first.url).create({ content: TEXT, burn_after: 1 });
  const context = await browser.newContext({ baseURL: first.url, javaScriptEnabled: false });
  cleanup.add(() => context.close());
  const page = await context.newPage();
  await page.goto(`/${slug}`);
  const nonce = await page.locator('[name="nonce"]').inputValue();
  const held = await holdReaders(databaseUrl, slug);
  await page.getByRole('button', { name: 'Reveal' }).click({ noWaitAfter: true });
  await held.expectReader();
  process.kill(await findNext(first.pid), 'SIGKILL');
  await expect(page.getByRole('heading', { name: 'Back in a moment' })).toBeVisible();
  await expect(page.locator('[name="nonce"]')).toHaveValue(nonce);
  await held.letGo();
  await first.stop();
  await start(Number(new URL(first.url).port));
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.locator('.code-text')).toContainText(TEXT);
  await expect(page.getByRole('status').first()).toContainText('This was the last read');
  expect(await countReads(databaseUrl, slug)).toBe(1);
});

test('two processes over one database show the text as often as the author allowed', async ({ cleanup }) => {
  test.setTimeout(180_000);
  const { databaseUrl, start } = await prepareService(cleanup);
  const apis = [new Api((await start()).url), new Api((await start()).url)] as const;
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const burn_after of [1, 5]) {
      const { slug } = await apis[0].create({ content: TEXT, burn_after });
      const answers = await Promise.all(
        Array.from({ length: READERS }, (_, reader) =>
          revealAtLast({ api: reader % 2 === 0 ? apis[0] : apis[1], slug, key: newKey() }),
        ),
      );
      expect(answers.filter(({ text }) => text.includes(TEXT))).toHaveLength(burn_after);
      expect(answers.filter(({ status }) => status === 404)).toHaveLength(READERS - burn_after);
      expect(await countReads(databaseUrl, slug)).toBe(burn_after);
    }
  }
});
