import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ROOT } from './root';

const ENDED_BY_ITSELF = 7;
const END_SLOWLY = `process.on('SIGTERM', () => setTimeout(() => process.exit(${ENDED_BY_ITSELF}), 300));
setInterval(() => {}, 1_000);
process.send('ready');`;

/** Says that it is loaded, and then what address it has. */
const AWAIT_DATABASE = `import { databaseReady } from './lib/core/database-ready';
process.send('loaded');
databaseReady().then(() => process.send(process.env.DATABASE_URL ?? 'none'));`;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sheaf-with-parent-'));
  await writeFile(join(folder, 'child.mjs'), END_SLOWLY);
  await build({
    absWorkingDir: ROOT,
    entryPoints: ['scripts/with-parent.ts'],
    outfile: join(folder, 'with-parent.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
  });
  await build({
    stdin: { contents: AWAIT_DATABASE, resolveDir: ROOT },
    outfile: join(folder, 'waiting.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
  });
});
afterAll(() => rm(folder, { recursive: true }));

it.each([undefined, '', '1'])('leaves time to end, with DRAIN_SECONDS %j', async (seconds) => {
  const child = fork(join(folder, 'child.mjs'), {
    execArgv: ['--import', pathToFileURL(join(folder, 'with-parent.mjs')).href],
    env: { NODE_ENV: 'production', ...(seconds === undefined ? {} : { DRAIN_SECONDS: seconds }) },
  });
  await once(child, 'message');
  const ended = once(child, 'exit');
  child.disconnect();
  expect(await ended).toEqual([ENDED_BY_ITSELF, null]);
});

it('lets a process load, and wait for the address of the database', async () => {
  const child = fork(join(folder, 'waiting.mjs'), {
    execArgv: ['--import', pathToFileURL(join(folder, 'with-parent.mjs')).href],
    env: { NODE_ENV: 'production' },
  });
  const said: unknown[] = [];
  child.on('message', (text) => said.push(text));
  await once(child, 'message');
  await pause(200);
  expect(said).toEqual(['loaded']);
  child.send({ DATABASE_URL: 'postgresql://told' });
  await once(child, 'message');
  expect(said).toEqual(['loaded', 'postgresql://told']);
  child.kill();
});

it('lets a process begin at once that was started in another way', async () => {
  const child = fork(join(folder, 'waiting.mjs'), { env: { NODE_ENV: 'production' } });
  const said: unknown[] = [];
  child.on('message', (text) => said.push(text));
  while (said.length < 2) await once(child, 'message');
  expect(said).toEqual(['loaded', 'none']);
  child.kill();
});
