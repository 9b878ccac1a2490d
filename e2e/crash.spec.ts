import { randomBytes } from 'node:crypto';
import { mkdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, test } from './fixtures';
import { Api } from './support/api';
import { adoptDatabase, Cleanup, makeFolder, readCronSecret, startFront } from './support/mounts';
import { listBlobs, query } from './support/storage';

/** Who create at the same time, each one paste after the other. */
const AUTHORS = 200;
const KILLED_AFTER = 300;
const TWO_DAYS_MS = 2 * 86_400_000;

interface Crash {
  dataFolder: string;
  databaseUrl: string;
  api: Api;
  acknowledged: Map<string, string>;
}

/** Starts a front, kills it in the midst of many creates and starts it again. */
async function crashAndRestart(
  cleanup: Cleanup,
  { withDatabase }: { withDatabase: boolean },
): Promise<Crash> {
  const dataFolder = await makeFolder(cleanup);
  const env = { SWEEP_INTERVAL_SECONDS: '0' };
  const first = await startFront({ dataFolder, env });
  cleanup.add(() => first.kill());
  const { home } = await adoptDatabase(dataFolder);
  const postmaster = Number(
    (await readFile(join(home, 'cluster/data/postmaster.pid'), 'utf8')).split('\n')[0],
  );

  const api = new Api(first.url);
  const acknowledged = new Map<string, string>();
  let killed: Promise<void> | undefined;
  const createUntilKilled = async (author: number) => {
    for (let count = 0; ; count += 1) {
      const content = `${author} ${count} ${randomBytes(100 * (author % 100)).toString('hex')}\r\n`;
      const { slug } = await api.create({ content, visibility: 'public' });
      acknowledged.set(slug, content);
      if (acknowledged.size === KILLED_AFTER) killed = first.kill(withDatabase ? undefined : postmaster);
    }
  };
  const authors = Array.from({ length: AUTHORS }, (_, author) => createUntilKilled(author));
  await Promise.allSettled(authors);
  await killed;
  expect(acknowledged.size).toBeGreaterThanOrEqual(KILLED_AFTER);
  await expect(api.get('/api/health')).rejects.toThrow();

  const second = await startFront({ dataFolder, env });
  cleanup.add(() => second.stop());
  const database = await adoptDatabase(dataFolder);
  return { dataFolder, databaseUrl: database.url, api: new Api(second.url), acknowledged };
}

async function expectAllReadable({ api, databaseUrl, acknowledged }: Crash): Promise<void> {
  const rows = await query<{ slug: string }>(databaseUrl, 'select slug from pastes');
  // What was stored and never acknowledged is whole as well.
  const slugs = new Set([...acknowledged.keys(), ...rows.map((row) => row.slug)]);
  const unlike: string[] = [];
  for (const slug of slugs) {
    const answer = await api.get(`/${slug}/raw`);
    const isExact = answer.text === (acknowledged.get(slug) ?? answer.text);
    if (answer.status !== 200 || !isExact) unlike.push(`${slug} ${answer.status}`);
  }
  expect(unlike).toEqual([]);
}

async function addStray(blobs: string, modified: Date): Promise<string> {
  const key = randomBytes(20).toString('hex');
  const folder = join(blobs, key.slice(0, 2));
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, key), 'a body without a row');
  await utimes(join(folder, key), modified, modified);
  return key;
}

for (const withDatabase of [false, true]) {
  test(`loses nothing acknowledged when it is killed${withDatabase ? ' together with Postgres' : ''}`, async () => {
    test.setTimeout(300_000);
    const cleanup = new Cleanup();
    try {
      const crash = await crashAndRestart(cleanup, { withDatabase });
      await expectAllReadable(crash);

      const blobs = join(crash.dataFolder, 'blobs');
      const longAgo = new Date(Date.now() - TWO_DAYS_MS);
      for (const blob of await listBlobs(blobs)) await utimes(blob, longAgo, longAgo);
      await addStray(blobs, longAgo);
      const young = await addStray(blobs, new Date());
      const authorization = `Bearer ${await readCronSecret(crash.dataFolder)}`;
      const swept = await crash.api.get('/api/cron/sweep', { authorization });
      expect(JSON.parse(swept.text)).toMatchObject({ pastes_ended: 0, complete: true });
      const named = await query<{ key: string }>(crash.databaseUrl, 'select blob_key as key from files');
      const left = (await listBlobs(blobs)).map((path) => basename(path));
      expect(left.sort()).toEqual([...named.map((row) => row.key), young].sort());
      await expectAllReadable(crash);
    } finally {
      await cleanup.run();
    }
  });
}
