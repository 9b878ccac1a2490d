import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startS3StandIn } from '@/e2e/support/s3-stand-in';
import { startSmtpStandIn } from '@/e2e/support/smtp-stand-in';
import { startUpstashStandIn } from '@/e2e/support/upstash-stand-in';
import { type Env, parseEnv } from '@/lib/core/env';
import { recordJobRun } from '@/lib/core/job-runs';
import { POSTGRES_MAJORS } from '../test/postgres-releases';
import { createTestDatabase, dropTestDatabase } from '../test/test-env';
import { checkDatabase, checkFolders, checkNode, checkPostgres, checkServices } from './doctor-checks';
import { type Finding, formatFindings } from './doctor-report';
import { ROOT } from './root';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sheaf-doctor-'));
});

afterEach(() => rm(folder, { recursive: true }));

function configuration(variables: Record<string, string> = {}): Env {
  return parseEnv({
    DATABASE_URL: 'postgresql://127.0.0.1',
    AUTH_SECRET: 'a secret that only tests know, of some length',
    BLOB_DIR: join(folder, 'blobs'),
    MAIL_DIR: join(folder, 'mail'),
    ...variables,
  });
}

function byName(findings: readonly Finding[]): Record<string, string> {
  return Object.fromEntries(findings.map(({ name, status, message }) => [name, `${status}: ${message}`]));
}

it.each(['20.19.0', '20.20.2', '22.12.0', '24.1.0'])('supports Node %s', (version) => {
  expect(checkNode(version)).toBe(version);
});

it.each(['18.20.0', '20.18.0', '21.0.0', '22.11.0', '25.0.0'])('warns of Node %s', (version) => {
  expect(checkNode(version)).toHaveProperty('warning');
});

it('prints a line for each check, and its other lines below the first', () => {
  const findings: Finding[] = [
    { name: 'Node', status: 'ok', message: '24.0.0' },
    { name: 'configuration', status: 'failed', message: 'Wrong:\n  PORT must be set.' },
  ];
  expect(formatFindings(findings)).toBe(
    [
      'ok       Node           24.0.0',
      'failed   configuration  Wrong:',
      '                        PORT must be set.',
    ].join('\n'),
  );
});

describe('the database', () => {
  let database: { name: string; url: string };
  let client: pg.Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    client = new pg.Client({ connectionString: database.url });
    await client.connect();
  });

  afterEach(() => vi.useRealTimers());

  afterAll(async () => {
    await client.end();
    await dropTestDatabase(database.name);
  });

  const examine = async (variables: Record<string, string> = {}, url = database.url) =>
    byName(await checkDatabase({ url, variable: 'DATABASE_URL' }, configuration(variables)));

  it('is examined, with the jobs that never ran', async () => {
    expect(await examine()).toEqual({
      database: expect.stringMatching(/^ok: PostgreSQL \d+\.\d+ answers\.$/),
      clock: 'ok: It agrees with that of the database.',
      migrations: 'ok: All are applied.',
      'last sweep': 'warning: There was none yet. Is Sheaf running? If it is, its log says why.',
      'last backup': 'warning: There was none yet. Run npm run backup every day: docs/backup.md.',
    });
  });

  it('says when the jobs ran, and warns if that was long ago', async () => {
    const hours = (count: number) => new Date(Date.now() - count * 3_600_000);
    await recordJobRun(client, 'sweep', hours(3));
    await recordJobRun(client, 'backup', hours(150));
    expect(await examine()).toMatchObject({
      'last sweep': expect.stringMatching(/^warning: \S+Z, 3 hours ago\. Is Sheaf running\?/),
      'last backup': expect.stringMatching(/^ok: \S+Z, 6 days ago\.$/),
    });
    expect(await examine({ SWEEP_INTERVAL_SECONDS: '0' })).toMatchObject({
      'last sweep': expect.stringMatching(/^ok: /),
    });
    await client.query(`UPDATE job_runs SET ended_at = ended_at - interval '2 days'`);
    expect(await examine({ SWEEP_INTERVAL_SECONDS: '0' })).toMatchObject({
      'last sweep': expect.stringMatching(/^warning: .*2 days ago\. Does the scheduler call/),
      'last backup': expect.stringMatching(/^warning: .*8 days ago\. Run npm run backup/),
    });
  });

  it('warns of pending migrations, and fails on those of a newer release', async () => {
    const last = '(SELECT max(migration_name) FROM _prisma_migrations)';
    await client.query(`BEGIN; CREATE TABLE kept AS SELECT * FROM _prisma_migrations; COMMIT;
      DELETE FROM _prisma_migrations WHERE migration_name = ${last}`);
    expect(await examine()).toMatchObject({
      migrations: 'warning: 1 are not applied yet. npm start and npm run migrate apply them.',
    });
    await client.query(`DELETE FROM _prisma_migrations; INSERT INTO _prisma_migrations SELECT * FROM kept;
      UPDATE _prisma_migrations SET migration_name = '99990101000000_later' WHERE migration_name = ${last}`);
    expect((await examine()).migrations).toMatch(/^failed: .*a newer release of Sheaf has changed it/);
    await client.query(`DELETE FROM _prisma_migrations; INSERT INTO _prisma_migrations SELECT * FROM kept`);
  });

  it('fails if the clocks differ', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 });
    expect((await examine()).clock).toMatch(/^failed: The clock of this machine is 60 minutes ahead of/);
  });

  it('has one finding if it does not answer', async () => {
    expect(await examine({}, 'postgresql://127.0.0.1:1/none')).toEqual({
      database: expect.stringMatching(
        /^failed: The database cannot be reached \(DATABASE_URL\): .*ECONNREFUSED/,
      ),
    });
  });
});

describe('services', () => {
  const closing: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });

  const examine = async (variables: Record<string, string> = {}) =>
    byName(await checkServices(configuration(variables)));

  /** A port that accepts connections and says nothing. */
  async function openSilentPort(): Promise<string> {
    const server: Server = createServer(() => {});
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing.push(async () => server.close());
    const address = server.address();
    return `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  }

  it('are folders and the database by default', async () => {
    expect(await examine()).toEqual({
      storage: `ok: ${folder}/blobs stores, returns and removes a text.`,
      mail: `ok: There is no provider: mail is kept in ${folder}/mail and shown at /outbox.`,
      limits: 'ok: They are counted in the database.',
    });
  });

  it('answer, or say why not', async () => {
    const [smtp, upstash, s3] = [
      await startSmtpStandIn(),
      await startUpstashStandIn(),
      await startS3StandIn(),
    ];
    closing.push(
      () => smtp.close(),
      () => upstash.close(),
      () => s3.close(),
    );
    const variables = {
      SMTP_URL: smtp.url,
      UPSTASH_REDIS_REST_URL: upstash.url,
      UPSTASH_REDIS_REST_TOKEN: upstash.token,
      S3_BUCKET: s3.settings.bucket,
      S3_ENDPOINT: s3.settings.endpoint,
      S3_REGION: s3.settings.region,
      S3_ACCESS_KEY_ID: s3.settings.accessKeyId,
      S3_SECRET_ACCESS_KEY: s3.settings.secretAccessKey,
    };
    expect(await examine(variables)).toEqual({
      storage: `ok: The bucket ${s3.settings.bucket} (S3_BUCKET) stores, returns and removes a text.`,
      mail: 'ok: The mail server (SMTP_URL) answers.',
      limits: 'ok: Upstash answers.',
    });
    expect(smtp.received).toEqual([]);
    await upstash.fail('500');
    const wrong = { ...variables, S3_SECRET_ACCESS_KEY: 'wrong', SMTP_URL: 'smtp://127.0.0.1:1' };
    expect(await examine(wrong)).toEqual({
      storage: expect.stringMatching(/^failed: .*S3_SECRET_ACCESS_KEY/),
      mail: expect.stringMatching(/^failed: The mail server \(SMTP_URL\) cannot be used\. .*ECONNREFUSED/),
      limits: expect.stringMatching(/^failed: Upstash \(UPSTASH_REDIS_REST_URL\) cannot be used\. /),
    });
  });

  it('that never answer fail within their time', async () => {
    const silent = await openSilentPort();
    const findings = await examine({
      SMTP_URL: `smtp://${silent}`,
      UPSTASH_REDIS_REST_URL: `http://${silent}`,
      UPSTASH_REDIS_REST_TOKEN: 'x',
      S3_BUCKET: 'bucket',
      S3_ENDPOINT: `http://${silent}`,
      S3_REGION: 'auto',
      S3_ACCESS_KEY_ID: 'x',
      S3_SECRET_ACCESS_KEY: 'x',
    });
    expect(findings).toEqual({
      storage: expect.stringMatching(/^failed: The bucket bucket \(S3_BUCKET\) does not answer\. /),
      mail: expect.stringMatching(/^failed: The mail server \(SMTP_URL\) cannot be used\. /),
      limits: 'failed: There was no answer within 2800 ms.',
    });
  });
});

describe('PostgreSQL', () => {
  it.each(POSTGRES_MAJORS)('%i is supported', (major) => {
    expect(checkPostgres(`${major}.1 (Debian)`)).toBe(`PostgreSQL ${major}.1 (Debian) answers.`);
  });

  it('is to be newer than 13', () => {
    expect(checkPostgres('13.22')).toEqual({
      warning: 'PostgreSQL 13.22 is older than 14: move to a newer one, docs/backup.md.',
    });
  });
});

describe('the data folder', () => {
  const examine = async (variables: Record<string, string> = {}) => {
    const settings = { dataFolder: folder, host: '127.0.0.1', port: 3000, appUrl: 'http://localhost' };
    return byName(await checkFolders(settings, configuration(variables)));
  };

  afterEach(() => vi.unstubAllEnvs());

  it('and every folder in use have the space that MIN_FREE_DISK_MB asks for', async () => {
    vi.stubEnv('DATABASE_URL', 'postgresql://127.0.0.1');
    const { bavail, bsize } = await statfs(folder);
    const freeMib = Math.floor((bavail * bsize) / 1024 / 1024);
    const space = async (variables: Record<string, string>) => (await examine(variables))['disk space'];
    expect(await space({ MIN_FREE_DISK_MB: String(freeMib * 2) })).toMatch(
      /^failed: .* are free on the disk of .*\/(blobs|mail), less than MIN_FREE_DISK_MB: free some space now\.$/,
    );
    expect(await space({ MIN_FREE_DISK_MB: String(Math.floor(freeMib / 2)) })).toMatch(/^warning: /);
    const elsewhere = {
      MIN_FREE_DISK_MB: String(freeMib * 2),
      BLOB_READ_WRITE_TOKEN: 'vercel_blob_rw_store_secret',
      SMTP_URL: 'smtp://127.0.0.1',
    };
    expect(await space(elsewhere)).toBe('ok: Neither data nor mail is on a disk of this machine.');
    vi.stubEnv('DATABASE_URL', '');
    expect(await space(elsewhere)).toMatch(/^failed: /);
  });

  it('is private, and so are its secrets', async () => {
    expect(await examine()).toEqual({
      'data folder': `ok: ${folder}`,
      'disk space': expect.stringMatching(/^(ok|warning): .* are free on the disk of /),
      secrets: 'ok: There are none yet: the first start creates them.',
    });
    const file = join(folder, 'secrets.json');
    await writeFile(file, JSON.stringify({ AUTH_SECRET: 'x'.repeat(32), CRON_SECRET: 'x'.repeat(16) }));
    await chmod(file, 0o644);
    await chmod(folder, 0o755);
    expect(await examine()).toMatchObject({
      'data folder': `warning: Other users can read ${folder}: chmod 711 ${folder}`,
      secrets: `failed: Other users can read ${file}: chmod 600 ${file}`,
    });
    await chmod(file, 0o600);
    expect(await examine()).toMatchObject({ secrets: `ok: Only this user can read ${file}.` });
    await writeFile(file, '{}');
    expect((await examine()).secrets).toMatch(/^failed: .*secrets\.json is damaged/);
  });
});

it('is a command that fails if a check fails', { timeout: 120_000 }, async () => {
  const env = { ...process.env, DATA_DIR: folder, DATABASE_URL: 'postgres://127.0.0.1:1/none' };
  const run = (...args: string[]) =>
    new Promise<{ code: number; out: string; err: string }>((resolve) => {
      // Not by scripts/run.mjs: tests that run at the same time would build at the same time.
      const program = ['--conditions=react-server', '--import', 'tsx', 'scripts/doctor.ts', ...args];
      execFile(process.execPath, program, { cwd: ROOT, env }, (error, out, err) =>
        resolve({ code: error === null ? 0 : Number(error.code), out, err }),
      );
    });
  const { code, out, err } = await run('--json');
  expect({ code, err }).toEqual({ code: 1, err: '' });
  const { ok, checks } = JSON.parse(out) as { ok: boolean; checks: Finding[] };
  expect(ok).toBe(false);
  expect(checks.filter(({ status }) => status === 'failed').map(({ name }) => name)).toEqual(['database']);
  expect(await run('--yes')).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringMatching(/^Use `npm run doctor`/),
  });
});
