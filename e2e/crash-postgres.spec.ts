import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './fixtures';
import { Api } from './support/api';
import { adoptDatabase, makeFolder, startFront } from './support/mounts';

const ENDS = 3;

/** Read from the file that Postgres keeps; 0 if there is no such file. */
async function readPostmasterPid(home: string): Promise<number> {
  const text = await readFile(join(home, 'cluster/data/postmaster.pid'), 'utf8').catch(() => '');
  return Number(text.split('\n')[0]);
}

for (const signal of ['SIGKILL', 'SIGQUIT', 'SIGTERM'] as const) {
  test(`npm start brings the embedded database back after ${signal}`, async ({ cleanup }) => {
    test.setTimeout(120_000);
    const dataFolder = await makeFolder(cleanup);
    const front = await startFront({ dataFolder });
    cleanup.add(() => front.stop());
    const { home } = await adoptDatabase(dataFolder);
    const api = new Api(front.url);
    const kept: string[] = [];
    for (let count = 1; count <= ENDS; count += 1) {
      const { slug } = await api.create({ content: `before end ${count}` });
      kept.push(slug);
      const pid = await readPostmasterPid(home);
      process.kill(pid, signal);
      const isBack = async () =>
        (await readPostmasterPid(home)) !== pid && (await api.get('/api/ready')).status === 200;
      await expect.poll(isBack, { timeout: 40_000 }).toBe(true);
    }
    for (const [index, slug] of kept.entries()) {
      expect((await api.get(`/${slug}/raw`)).text).toBe(`before end ${index + 1}`);
    }
    await api.create({ content: 'after the last end' });
    expect((await api.get('/')).status).toBe(200);
    expect(front.output()).toContain('The embedded database stopped unexpectedly; restarting it.');
  });
}
