import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { expect, test } from './fixtures';
import { Api } from './support/api';
import {
  Cleanup,
  createDatabase,
  makeFolder,
  serviceVariables,
  startBlobStore,
  startFront,
  startNext,
} from './support/mounts';
import { findForm, postFound } from './support/plain-form';

const MANIFEST = fileURLToPath(new URL('../.next/server/server-reference-manifest.json', import.meta.url));
const AUTH_SECRET = 'a secret that only tests know, of some length';

/** Of next.config.ts. */
const ID_KEY = btoa('sheaf: the ids of server actions');

const manifestSchema = z.object({
  node: z.record(z.string(), z.object({ filename: z.string(), exportedName: z.string() })),
});

const cleanup = new Cleanup();

test.afterEach(() => cleanup.run());

test('a form of one instance can be posted to another, on the other mount too', async () => {
  const databaseUrl = await createDatabase(cleanup);
  const store = await startBlobStore(cleanup);
  const env = { ...serviceVariables({ databaseUrl, store }), AUTH_SECRET };
  const front = await startFront({ dataFolder: await makeFolder(cleanup), env });
  cleanup.add(() => front.stop());
  const next = await startNext(env);
  cleanup.add(() => next.stop());

  for (const [from, to] of [
    [front, next],
    [next, front],
  ] as const) {
    const html = await (await fetch(`${from.url}/`)).text();
    const form = findForm(html, ['title', 'files.0.content']);
    const content = `rendered by ${from.url}, posted to ${to.url}`;
    const fields = { 'files.0.name': '', 'files.0.content': content, intent: 'save' };
    const posted = await postFound(`${to.url}/`, form, { fields });
    expect(posted.status).toBe(303);
    const slug = posted.headers.get('location')?.slice(1).split('?')[0];
    expect((await new Api(from.url).get(`/${slug}/raw`)).text).toBe(content);
  }
});

test('the id of an action is the same in each build: it depends on its path and its name only', async () => {
  const { node: actions } = manifestSchema.parse(JSON.parse(await readFile(MANIFEST, 'utf8')));
  expect(Object.keys(actions).length).toBeGreaterThan(0);
  for (const [id, { filename, exportedName }] of Object.entries(actions)) {
    const hash = createHash('sha1').update(`${ID_KEY}${filename}:${exportedName}`).digest('hex');
    // The first byte tells which arguments the action takes.
    expect(id.slice(2)).toBe(hash);
  }
});
