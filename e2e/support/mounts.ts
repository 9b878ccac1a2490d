import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../server/postgres/embedded-postgres';
import { findFreePort } from '../../server/postgres/free-port';
import { copyTemplate, dropCopy } from '../../test/test-database';
import { runProgram, type Server, startServer } from './process';
import type { S3StandIn } from './s3-stand-in';
import { startVercelBlobStandIn, type VercelBlobStandIn } from './vercel-blob-stand-in';

/** The variable by which the set-up tells its workers where the template of databases is. */
export const TEMPLATE_URL_IN = 'SHEAF_E2E_TEMPLATE';

const NEXT = fileURLToPath(new URL('../../node_modules/next/dist/bin/next', import.meta.url));
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SCRIPT = 'scripts/run.mjs';
const RUN = join(ROOT, SCRIPT);
const START = [RUN, 'start'];

/** High enough that no test meets a limit by accident. */
const UNLIMITED = '100000';
export const CRON_SECRET = 'a cron secret for tests';

/** Set to nothing, so that a developer's `.env` does not set them to something. */
const UNCONFIGURED = Object.fromEntries(
  [
    'APP_URL',
    'AUTH_SECRET',
    'AUTH_SECRET_PREVIOUS',
    'BLOB_DIR',
    'BLOB_READ_URL',
    'BLOB_READ_WRITE_TOKEN',
    'CORS_ORIGINS',
    'CRON_SECRET',
    'DATABASE_URL',
    'DEFAULT_LIFETIME_ANONYMOUS',
    'DIRECT_URL',
    'HOST',
    'MAIL_DIR',
    'MAIL_FROM',
    'OTEL_EXPORTER_OTLP_ENDPOINT',
    'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
    'RESEND_API_KEY',
    'RESEND_BASE_URL',
    'S3_ACCESS_KEY_ID',
    'S3_BUCKET',
    'S3_ENDPOINT',
    'S3_PREFIX',
    'S3_REGION',
    'S3_SECRET_ACCESS_KEY',
    'SMTP_URL',
    'TRUSTED_PROXIES',
    'UPSTASH_REDIS_REST_TOKEN',
    'UPSTASH_REDIS_REST_URL',
    'VERCEL',
  ].map((name) => [name, '']),
);

/** A running Sheaf as the specs see it; plain data, so that it can be handed to other processes. */
export interface Mount {
  name: 'front' | 'next' | 'serverless';
  url: string;
  databaseUrl: string;
  cronSecret: string;
  /** Where bodies are, if they are files. */
  blobFolder: string | null;
  /** Where mail is kept that has no provider. */
  mailFolder: string;
  /** What its processes print. */
  logFile: string;
}

/** Stops resources in reverse order of creation; `stop` continues after an error. */
export class Cleanup {
  readonly #steps: (() => Promise<unknown>)[] = [];

  add(step: () => Promise<unknown>): void {
    this.#steps.push(step);
  }

  async run(): Promise<void> {
    const errors: unknown[] = [];
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) {
      await step().catch((error: unknown) => errors.push(error));
    }
    if (errors.length > 0) throw new AggregateError(errors, 'Not everything could be ended.');
  }
}

export async function makeFolder(cleanup: Cleanup): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sheaf-e2e-'));
  cleanup.add(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}

/** A database on the server of this run, with the tables in place or with `empty` without any table. */
export async function createDatabase(cleanup: Cleanup, options: { empty?: boolean } = {}): Promise<string> {
  const templateUrl = process.env[TEMPLATE_URL_IN];
  if (templateUrl === undefined) throw new Error('No database server is running.');
  const { name, url } = await copyTemplate(templateUrl, options);
  cleanup.add(() => dropCopy(templateUrl, name));
  return url;
}

export async function startBlobStore(cleanup: Cleanup): Promise<VercelBlobStandIn> {
  const store = await startVercelBlobStandIn();
  cleanup.add(() => store.close());
  return store;
}

/** The variables that make a mount use this database and this store. */
export function serviceVariables(services: {
  databaseUrl: string;
  store: VercelBlobStandIn;
}): Record<string, string> {
  return {
    DATABASE_URL: services.databaseUrl,
    BLOB_READ_WRITE_TOKEN: services.store.token,
    BLOB_READ_URL: services.store.url,
    VERCEL_BLOB_API_URL: services.store.url,
    CRON_SECRET,
  };
}

/** The variables that make a mount keep bodies in this bucket. */
export function s3Variables({ settings }: S3StandIn): Record<string, string> {
  return {
    S3_BUCKET: settings.bucket,
    S3_ENDPOINT: settings.endpoint,
    S3_REGION: settings.region,
    S3_ACCESS_KEY_ID: settings.accessKeyId,
    S3_SECRET_ACCESS_KEY: settings.secretAccessKey,
  };
}

/** `npm start` on a free port, with the embedded database in a data folder. */
export async function startFront(options: {
  dataFolder: string;
  /** The checkout to run, if not this one. */
  root?: string | undefined;
  port?: number;
  env?: Record<string, string>;
  readyWithinMs?: number;
  logFile?: string;
}): Promise<Server & { url: string }> {
  const port = options.port ?? (await findFreePort());
  const url = `http://localhost:${port}`;
  const server = await startServer({
    args: [join(options.root ?? ROOT, SCRIPT), 'start'],
    env: {
      ...UNCONFIGURED,
      PORT: String(port),
      DATA_DIR: options.dataFolder,
      RATE_LIMIT_SCALE: UNLIMITED,
      ...options.env,
    },
    readyUrl: `${url}/api/ready`,
    readyWithinMs: options.readyWithinMs,
    logFile: options.logFile,
  });
  return { ...server, url };
}

/** The secret that a front without `CRON_SECRET` has generated. */
export async function readCronSecret(dataFolder: string): Promise<string> {
  const secrets = JSON.parse(await readFile(join(dataFolder, 'secrets.json'), 'utf8')) as {
    CRON_SECRET: string;
  };
  return secrets.CRON_SECRET;
}

/** The database that a front without `DATABASE_URL` keeps in its data folder. */
export function adoptDatabase(dataFolder: string): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({ folder: join(dataFolder, 'postgres') });
}

/** `npm start` where it is not expected to start. */
export function refuseFront(env: Record<string, string>): Promise<{ code: number | null; output: string }> {
  return runProgram({ args: START, env: { ...UNCONFIGURED, ...env } });
}

/** A command of an installation, such as `npm run backup`. */
export function runOn(
  dataFolder: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<{ code: number | null; output: string }> {
  return runProgram({ args: [RUN, ...args], env: { ...UNCONFIGURED, DATA_DIR: dataFolder, ...env } });
}

/** `next start` where it is not expected to start. */
export async function refuseNext(
  env: Record<string, string>,
): Promise<{ code: number | null; output: string }> {
  const args = [NEXT, 'start', '-H', '127.0.0.1', '-p', String(await findFreePort())];
  return runProgram({ args, env: { ...UNCONFIGURED, ...env } });
}

/** Plain `next start`, as a serverless platform would run the build. */
export async function startNext(
  env: Record<string, string>,
  { logFile }: { logFile?: string } = {},
): Promise<Server & { url: string }> {
  const port = await findFreePort();
  const url = `http://localhost:${port}`;
  const server = await startServer({
    args: [NEXT, 'start', '-H', '127.0.0.1', '-p', String(port)],
    env: {
      ...UNCONFIGURED,
      APP_URL: url,
      AUTH_SECRET: 'a secret that only tests know, of some length',
      RATE_LIMIT_SCALE: UNLIMITED,
      ...env,
    },
    readyUrl: `${url}/api/ready`,
    logFile,
  });
  return { ...server, url };
}

/** A mount with its own data, which is stopped and removed by `cleanup`. */
export async function startMount(
  name: 'front' | 'next',
  { env, cleanup }: { env: Record<string, string>; cleanup: Cleanup },
): Promise<Server & { url: string }> {
  const server = await (name === 'front'
    ? startFront({ dataFolder: await makeFolder(cleanup), env })
    : startNext(env));
  cleanup.add(() => server.stop());
  return server;
}
