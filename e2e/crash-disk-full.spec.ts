import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from './fixtures';
import { Api } from './support/api';
import { expectProblem } from './support/checks';
import { adoptDatabase, type Cleanup, makeFolder, startFront } from './support/mounts';
import { countRows, listBlobs } from './support/storage';

const run = promisify(execFile);
const DISK = '2m';
/** More than fit. */
const MAX_PASTES = 40;

/** Mounts a small disk on a folder. @returns whether this user may */
async function mountSmallDisk(folder: string, cleanup: Cleanup): Promise<boolean> {
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${DISK}`, 'sheaf-test', folder]);
  } catch {
    return false;
  }
  cleanup.add(() => run('umount', [folder]));
  return true;
}

test('a full disk is a 503 that stores nothing, and space that is freed is used again', async ({
  cleanup,
}) => {
  const [dataFolder, blobFolder] = [await makeFolder(cleanup), await makeFolder(cleanup)];
  test.skip(
    !(await mountSmallDisk(blobFolder, cleanup)),
    'A small disk can be mounted on Linux by root only.',
  );
  const front = await startFront({
    dataFolder,
    env: { BLOB_DIR: blobFolder, SWEEP_INTERVAL_SECONDS: '0', MIN_FREE_DISK_MB: '0' },
  });
  cleanup.add(() => front.stop());
  const { url: databaseUrl } = await adoptDatabase(dataFolder);
  const api = new Api(front.url);
  const newText = () => randomBytes(60_000).toString('hex');

  const stored: { slug: string; edit_key: string; content: string }[] = [];
  let content = newText();
  let answer = await api.post('/api/v1/pastes', { content });
  for (; answer.status === 201; answer = await api.post('/api/v1/pastes', { content })) {
    const { slug, edit_key } = JSON.parse(answer.text) as { slug: string; edit_key: string };
    stored.push({ slug, edit_key, content });
    expect(stored.length).toBeLessThan(MAX_PASTES);
    content = newText();
  }
  expectProblem(answer, 503, 'storage_unavailable');
  expect(stored.length).toBeGreaterThan(0);
  const [first, ...others] = stored;
  expect(await countRows(databaseUrl)).toMatchObject({ pastes: stored.length, files: stored.length });
  expect((await listBlobs(blobFolder)).length).toBe(stored.length);
  for (const paste of stored) expect((await api.get(`/${paste.slug}/raw`)).text).toBe(paste.content);
  const edit = { method: 'PATCH', json: { content }, editKey: first?.edit_key ?? '' };
  expectProblem(await api.send(`/api/v1/pastes/${first?.slug}`, edit), 503, 'storage_unavailable');
  expect((await api.get(`/${first?.slug}/raw`)).text).toBe(first?.content);

  if (first) expect((await api.remove(first)).status).toBe(204);
  const created = await api.create({ content });
  expect((await api.get(`/${created.slug}/raw`)).text).toBe(content);
  for (const paste of others) expect((await api.get(`/${paste.slug}/raw`)).text).toBe(paste.content);
  expect(await listBlobs(join(blobFolder, 'tmp'))).toEqual([]);
});
