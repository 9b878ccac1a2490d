import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from './fixtures';
import { Api } from './support/api';
import { DurabilityTest } from './support/durability';
import { makeFolder, readCronSecret } from './support/mounts';
import { listBlobs, query } from './support/storage';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const TWO_DAYS_MS = 2 * 86_400_000;

async function addStray(blobs: string, modified: Date): Promise<string> {
  const key = randomBytes(20).toString('hex');
  const folder = join(blobs, key.slice(0, 2));
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, key), 'a body without a row');
  await utimes(join(folder, key), modified, modified);
  return key;
}

test('npm run soak kills the processes of npm start and finds nothing lost', async () => {
  test.setTimeout(300_000);
  const command = ['run', '--silent', 'soak', '--', '--cycles', '1'];
  const { stdout } = await promisify(execFile)('npm', command, { cwd: ROOT });
  expect(stdout).toMatch(/^1\/1 process: [3-9]\d\d acknowledged, 0 faults$/m);
  expect(stdout).toContain('Nothing acknowledged was lost.');
});

test('loses nothing acknowledged when it is killed together with Postgres, and removes what it left', async ({
  cleanup,
}) => {
  test.setTimeout(300_000);
  const durability = await DurabilityTest.start(await makeFolder(cleanup), cleanup);
  expect((await durability.runCycle('both')).faults).toEqual([]);

  const blobs = join(durability.dataFolder, 'blobs');
  const longAgo = new Date(Date.now() - TWO_DAYS_MS);
  for (const blob of await listBlobs(blobs)) await utimes(blob, longAgo, longAgo);
  await addStray(blobs, longAgo);
  const young = await addStray(blobs, new Date());
  const authorization = `Bearer ${await readCronSecret(durability.dataFolder)}`;
  const swept = await new Api(durability.url).get('/api/cron/sweep', { authorization });
  expect(JSON.parse(swept.text)).toMatchObject({ pastes_ended: 0, complete: true });
  const named = await query<{ key: string }>(durability.databaseUrl, 'select blob_key as key from files');
  const left = (await listBlobs(blobs)).map((path) => basename(path));
  expect(left.sort()).toEqual([...named.map((row) => row.key), young].sort());
  expect(await durability.check()).toEqual([]);
});
