import { readdir, readFile } from 'node:fs/promises';
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

it('lets the host call the sweep once a day', async () => {
  const shape = z.object({ crons: z.array(z.object({ path: z.string(), schedule: z.string() })) });
  const { crons } = shape.parse(JSON.parse(await read('vercel.json')));
  // Small plans refuse a schedule that is due more often.
  expect(crons).toEqual([{ path: '/api/cron/sweep', schedule: expect.stringMatching(/^\d+ \d+ \* \* \*$/) }]);
});

it('runs in the region that the documents name, which is one', async () => {
  const { regions } = z
    .object({ regions: z.tuple([z.string()]) })
    .parse(JSON.parse(await read('vercel.json')));
  for (const document of ['docs/deploy.md', 'docs/serverless.md']) {
    expect(await read(document)).toContain(`\`${regions[0]}\``);
  }
});

it('gives routes of the API the longest time that the documents name', async () => {
  const mount = await read('app/api/[[...route]]/route.ts');
  const seconds = /^export const maxDuration = (\d+);$/m.exec(mount)?.[1];
  expect(await read('docs/serverless.md')).toContain(`\`maxDuration\` of ${seconds} seconds`);
});

it('gives all routes of the API the same limits: the host makes one function of them', async () => {
  const files = await readdir(join(ROOT, 'app'), { recursive: true });
  const routes = await Promise.all(
    files.filter((file) => file.endsWith('route.ts')).map((file) => read(`app/${file}`)),
  );
  const mounts = routes.filter((source) => source.includes("'@/lib/api/mount'"));
  expect(mounts.length).toBeGreaterThan(1);
  expect(new Set(mounts).size).toBe(1);
});
