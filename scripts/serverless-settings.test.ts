import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { ROOT } from './root';

const read = (file: string) => readFile(join(ROOT, file), 'utf8');

/** What the serverless host of `npm run test:serverless` and of deployments runs, see docs/serverless.md. */
const NODE = '24';

it('names one version of Node where only one can be named', async () => {
  expect((await read('.nvmrc')).trim()).toBe(NODE);
  const images = [...(await read('Dockerfile')).matchAll(/^FROM node:(\d+)/gm)].map(([, version]) => version);
  expect(new Set(images)).toEqual(new Set([NODE]));
});

it('accepts that version, and no later one without a change: the host would move to it by itself', async () => {
  const { engines } = z
    .object({ engines: z.object({ node: z.string() }) })
    .parse(JSON.parse(await read('package.json')));
  expect(engines.node.split(' || ').at(-1)).toBe(`^${NODE}`);
});

it('lets the host call the sweep once a day, and gives it time', async () => {
  const shape = z.object({
    functions: z.record(z.string(), z.object({ maxDuration: z.number() })),
    crons: z.array(z.object({ path: z.string(), schedule: z.string() })),
  });
  const settings = shape.parse(JSON.parse(await read('vercel.json')));
  expect(settings.functions['app/**/*']?.maxDuration).toBe(60);
  // Small plans refuse a schedule that is due more often.
  expect(settings.crons).toEqual([
    { path: '/api/cron/sweep', schedule: expect.stringMatching(/^\d+ \d+ \* \* \*$/) },
  ]);
});
