import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './fixtures';
import { Api } from './support/api';
import { adoptDatabase, makeFolder, startFront } from './support/mounts';

/** Read from the file that Postgres keeps; 0 if there is no such file. */
async function readPostmasterPid(home: string): Promise<number> {
  const text = await readFile(join(home, 'cluster/data/postmaster.pid'), 'utf8').catch(() => '');
  return Number(text.split('\n')[0]);
}

test('npm start brings the embedded database back after each signal that ends it', async ({ cleanup }) => {
  test.setTimeout(120_000);
  const dataFolder = await makeFolder(cleanup);
  const front = await startFront({ dataFolder });
  cleanup.add(() => front.stop());
  const { home } = await adoptDatabase(dataFolder);
  const api = new Api(front.url);
  const kept = new Map<string, string>();
  for (const signal of ['SIGKILL', 'SIGQUIT', 'SIGTERM', 'SIGKILL'] as const) {
    const content = `before ${signal} ${kept.size}`;
    kept.set((await api.create({ content })).slug, content);
    const pid = await readPostmasterPid(home);
    process.kill(pid, signal);
    const isBack = async () =>
      (await readPostmasterPid(home)) !== pid && (await api.get('/api/ready')).status === 200;
    await expect.poll(isBack, { message: signal, timeout: 40_000 }).toBe(true);
  }
  for (const [slug, content] of kept) expect((await api.get(`/${slug}/raw`)).text).toBe(content);
  await api.create({ content: 'after the last end' });
  expect((await api.get('/')).status).toBe(200);
  expect(front.output()).toContain('The embedded database stopped unexpectedly; restarting it.');
});
