import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { findFreePort } from '../server/postgres/free-port';
import { expect, test } from './fixtures';
import { Api } from './support/api';
import {
  Cleanup,
  createDatabase,
  makeFolder,
  refuseFront,
  refuseNext,
  s3Variables,
  serviceVariables,
  startBlobStore,
  startFront,
  startNext,
} from './support/mounts';
import { startS3StandIn } from './support/s3-stand-in';
import { query } from './support/storage';

const SECRET = 'a secret that only tests know, of some length';

/** A line of a start or a stop. */
const phaseSchema = z.looseObject({
  level: z.literal(30),
  time: z.iso.datetime(),
  ms: z.int().nonnegative(),
  msg: z.string(),
  migrations: z.array(z.string()).optional(),
});

const cleanup = new Cleanup();

test.afterEach(() => cleanup.run());

test('npm start reports all configuration errors at once, before it builds or creates anything', async () => {
  const folder = await makeFolder(cleanup);
  await writeFile(join(folder, 'file'), '');
  const { code, output } = await refuseFront({
    DATA_DIR: join(folder, 'data'),
    APP_URL: 'https://paste.example.org/sheaf',
    BLOB_DIR: join(folder, 'file'),
    DEFAULT_LIFETIME_MEMBER: 'for ever',
    HOST: '0.0.0.0',
    PORT: 'abc',
    TRUSTED_PROXIES: 'nginx.local',
  });
  expect(code).toBe(1);
  const [head, ...sentences] = output.trim().split('\n');
  expect(head).toBe('Sheaf cannot start with this configuration:');
  expect(sentences.map((sentence) => sentence.trim().split(' ')[0])).toEqual([
    'APP_URL',
    'TRUSTED_PROXIES',
    'DEFAULT_LIFETIME_MEMBER',
    'PORT',
    'AUTH_SECRET',
    'CRON_SECRET',
    'DATABASE_URL',
    'RESEND_API_KEY',
    'MAIL_FROM',
    'BLOB_DIR',
  ]);
  // The folder that the check wrote to, and no database, lock or secret.
  expect(await readdir(join(folder, 'data'))).toEqual(['mail']);
});

test('npm start names a data folder that is a file', async () => {
  const folder = await makeFolder(cleanup);
  await writeFile(join(folder, 'file'), '');
  const { code, output } = await refuseFront({ DATA_DIR: join(folder, 'file') });
  expect(code).toBe(1);
  expect(output.trim().split('\n')).toEqual([
    'Sheaf cannot start with this configuration:',
    expect.stringMatching(/^ {2}DATA_DIR must be a folder .* is a file\.$/),
  ]);
});

test('npm start names a database that is not there, without a stack', async () => {
  const { code, output } = await refuseFront({
    DATA_DIR: await makeFolder(cleanup),
    DATABASE_URL: 'postgresql://unknown@127.0.0.1:1/nothing',
  });
  expect(code).toBe(1);
  expect(output.trim()).toMatch(/^The database cannot be reached \(DATABASE_URL\): .*ECONNREFUSED.*\.$/);
});

test('npm start stops at a failed migration, and starts once its cause is removed', async () => {
  const databaseUrl = await createDatabase(cleanup, { empty: true });
  const store = await startBlobStore(cleanup);
  const env = serviceVariables({ databaseUrl, store });
  await query(databaseUrl, `create type "Visibility" as enum ('in the way')`);
  const dataFolder = await makeFolder(cleanup);
  const port = await findFreePort();
  const { code, output } = await refuseFront({ ...env, DATA_DIR: dataFolder, PORT: String(port) });
  expect(code).toBe(1);
  const lines = output.trim().split('\n');
  expect(lines.pop()).toMatch(
    /^The database could not be migrated: migration \d+_init failed and changed nothing: .* already exists\. .*$/,
  );
  expect(lines.map((line) => JSON.parse(line).msg)).toEqual(['configuration checked', 'database ready']);
  await query(databaseUrl, 'drop type "Visibility"');
  const front = await startFront({ dataFolder, port, env });
  await expect.poll(front.output).toContain('Sheaf is ready');
  await front.stop();
  const said = front
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'));
  const phases = said.map((line) => phaseSchema.parse(JSON.parse(line)));
  expect(phases.map(({ msg }) => msg)).toEqual([
    'configuration checked',
    'database ready',
    'migrations applied',
    'listening',
    'stopping',
    'drained',
    'stopped',
  ]);
  expect(phases[1]).toMatchObject({ embedded: false });
  expect(phases[2]?.migrations?.[0]).toMatch(/^\d+_init$/);
  expect(phases[3]).toMatchObject({ host: '127.0.0.1', port, sweep_seconds: 60 });
});

test('next start refuses the same, and a folder that is a file', async () => {
  const folder = await makeFolder(cleanup);
  await writeFile(join(folder, 'file'), '');
  const base = { AUTH_SECRET: SECRET, DATABASE_URL: 'postgresql://127.0.0.1/sheaf' };
  const wrong = await refuseNext({ ...base, APP_URL: 'https://paste.example.org/sheaf', LOG_LEVEL: 'loud' });
  expect(wrong.code).toBe(1);
  expect(wrong.output).toContain('\n  APP_URL must be ');
  expect(wrong.output).toContain('\n  LOG_LEVEL must be ');
  expect(wrong.output).not.toMatch(/^\s+at /m);
  const closed = await refuseNext({ ...base, BLOB_DIR: join(folder, 'file'), MAIL_DIR: folder });
  expect(closed.code).toBe(1);
  expect(closed.output).toContain('\n  BLOB_DIR must be a folder ');
});

test('npm start names what is wrong with a store that refuses its configuration, and creates nothing', async () => {
  const databaseUrl = await createDatabase(cleanup);
  const blob = await startBlobStore(cleanup);
  const s3 = await startS3StandIn();
  cleanup.add(() => s3.close());
  const refusals = [
    {
      env: {
        ...serviceVariables({ databaseUrl, store: blob }),
        BLOB_READ_WRITE_TOKEN: 'vercel_blob_rw_standin_wrong',
      },
      sentence: /^BLOB_READ_WRITE_TOKEN must be a valid token .*\.$/,
    },
    {
      env: { DATABASE_URL: databaseUrl, ...s3Variables(s3), S3_BUCKET: 'another-bucket' },
      sentence: /^S3 answered 404 NoSuchBucket: create the bucket, or correct S3_BUCKET, .*\.$/,
    },
  ];
  for (const { env, sentence } of refusals) {
    const folder = await makeFolder(cleanup);
    const { code, output } = await refuseFront({
      ...env,
      DATA_DIR: folder,
      PORT: String(await findFreePort()),
    });
    expect(code).toBe(1);
    expect(output.trim()).toMatch(sentence);
    expect(await readdir(folder)).toEqual(['mail']);
  }
});

test('a text that one mount stored in S3 is read by the other, and removed with its paste', async () => {
  const databaseUrl = await createDatabase(cleanup);
  const s3 = await startS3StandIn();
  cleanup.add(() => s3.close());
  const env = { DATABASE_URL: databaseUrl, ...s3Variables(s3) };
  const front = await startFront({ dataFolder: await makeFolder(cleanup), env });
  cleanup.add(() => front.stop());
  const next = await startNext(env);
  cleanup.add(() => next.stop());
  const api = new Api(front.url);
  const sent = await api.postText('', 'kept in S3');
  const slug = sent.text.trim().split('/').at(-1) ?? '';
  expect((await new Api(next.url).get(`/${slug}/raw`)).text).toBe('kept in S3');
  expect([...s3.objects.values()].map(({ body }) => body.toString())).toEqual(['kept in S3']);
  await api.remove({ slug, edit_key: sent.headers.get('x-edit-key') ?? '' });
  await expect.poll(() => s3.objects.size).toBe(0);
});

test('npm start is ready only when storage answers, and names it where it does not', async () => {
  const databaseUrl = await createDatabase(cleanup);
  const store = await startBlobStore(cleanup);
  await store.fail('500');
  const { code, output } = await refuseFront({
    ...serviceVariables({ databaseUrl, store }),
    DATA_DIR: await makeFolder(cleanup),
    PORT: String(await findFreePort()),
  });
  expect(code).toBe(1);
  expect(output).not.toContain('Sheaf is ready');
  expect(output).toMatch(/^Sheaf did not become ready: paste storage .*BLOB_READ_WRITE_TOKEN.*\.$/m);
});
