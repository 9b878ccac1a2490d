import { stat } from 'node:fs/promises';
import type pg from 'pg';
import { hasTable } from '../lib/core/database-tables';
import { type Env, withoutEmpty } from '../lib/core/env';
import { usedFolders } from '../lib/core/env-folders';
import { type RecordedJob, readJobRun } from '../lib/core/job-runs';
import { pingUpstash } from '../lib/limits/upstash';
import { openMailer } from '../lib/mail/chosen-mailer';
import { openStore } from '../lib/storage/blob-store';
import { freeBytesAt, MIB } from '../lib/storage/free-space';
import { probeStore, refusalIn } from '../lib/storage/refusal';
import { connect } from '../prisma/locked-transaction';
import { findClockFault, findPending } from '../prisma/migrate';
import { formatBytes } from './backup-command';
import { check, type Finding, type Verdict } from './doctor-report';
import type { Settings } from './environment';
import { parseSecrets, readSecretsFile, secretsFile } from './secrets';

const LITTLE_SPACE = 1_000_000_000;
const OTHERS = 0o077;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const MAX_BACKUP_AGE_MS = 7 * DAY_MS;
/** Cron on small plans of serverless hosts runs once a day. */
const MAX_SWEEP_AGE_MS = 26 * 60 * MINUTE_MS;
const OLDEST_POSTGRES = 14;

/** As in package.json. */
export function checkNode(version: string): Verdict {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isSupported = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major === 24;
  if (isSupported) return version;
  return { warning: `${version} is not supported. Install Node 20.19, 22.12 or 24.` };
}

/** The checks of everything that is on this machine. */
export function checkFolders({ dataFolder }: Settings, variables: Env): Promise<Finding[]> {
  const isEmbedded = withoutEmpty(process.env).DATABASE_URL === undefined;
  const folders = [...(isEmbedded ? [dataFolder] : []), ...Object.values(usedFolders(variables))];
  return Promise.all([
    check('data folder', () => checkMode(dataFolder)),
    check('disk space', () => checkSpace(folders, variables)),
    check('secrets', () => checkSecrets(dataFolder)),
  ]);
}

async function checkMode(folder: string): Promise<Verdict> {
  const { mode } = await stat(folder);
  // Other users may enter it but not list it: the embedded Postgres may run as one.
  if ((mode & 0o066) === 0) return folder;
  return { warning: `Other users can read ${folder}: chmod 711 ${folder}` };
}

/** Of the fullest of the disks that the configuration uses. */
async function checkSpace(folders: readonly string[], { MIN_FREE_DISK_MB }: Env): Promise<Verdict> {
  const least = MIN_FREE_DISK_MB * MIB;
  const little = Math.max(4 * least, LITTLE_SPACE);
  const measured = await Promise.all(
    folders.map(async (folder) => ({ folder, free: await freeBytesAt(folder) })),
  );
  const [fullest] = measured.sort((one, other) => one.free - other.free);
  if (fullest === undefined) return 'Neither data nor mail is on a disk of this machine.';
  const found = `${formatBytes(fullest.free)} are free on the disk of ${fullest.folder}`;
  if (fullest.free < least) {
    throw new Error(`${found}, less than MIN_FREE_DISK_MB: free some space now.`);
  }
  return fullest.free < little ? { warning: `${found}: free some space.` } : `${found}.`;
}

async function checkSecrets(folder: string): Promise<Verdict> {
  const text = await readSecretsFile(folder);
  const { AUTH_SECRET, CRON_SECRET } = withoutEmpty(process.env);
  if (text === null) {
    const areSet = AUTH_SECRET !== undefined && CRON_SECRET !== undefined;
    return areSet ? 'They are set by variables.' : 'There are none yet: the first start creates them.';
  }
  const file = secretsFile(folder);
  parseSecrets(text, file);
  const { mode } = await stat(file);
  if ((mode & OTHERS) !== 0) throw new Error(`Other users can read ${file}: chmod 600 ${file}`);
  return `Only this user can read ${file}.`;
}

/** The checks of outside services, but for the database. */
export function checkServices(variables: Env): Promise<Finding[]> {
  return Promise.all([
    check('storage', () => checkStorage(variables)),
    check('mail', () => checkMail(variables)),
    check('limits', () => checkLimits(variables)),
  ]);
}

async function checkStorage(variables: Env): Promise<Verdict> {
  const place = placeOfBodies(variables);
  await probeStore(openStore(variables)).catch((error: unknown) => {
    throw new Error(refusalIn(error) ?? `${place} does not answer. ${firstLineOf(error)}`.trim());
  });
  return `${place} stores, returns and removes a text.`;
}

function placeOfBodies({ BLOB_READ_WRITE_TOKEN, S3_BUCKET, BLOB_DIR }: Env): string {
  if (BLOB_READ_WRITE_TOKEN !== undefined) return 'Vercel Blob (BLOB_READ_WRITE_TOKEN)';
  return S3_BUCKET === undefined ? BLOB_DIR : `The bucket ${S3_BUCKET} (S3_BUCKET)`;
}

async function checkMail(variables: Env): Promise<Verdict> {
  const { RESEND_API_KEY, SMTP_URL, MAIL_DIR } = variables;
  const provider = RESEND_API_KEY === undefined ? 'The mail server (SMTP_URL)' : 'Resend (RESEND_API_KEY)';
  await openMailer(variables)
    .ping()
    .catch((error: unknown) => {
      throw new Error(`${provider} cannot be used. ${firstLineOf(error)}`);
    });
  if (RESEND_API_KEY !== undefined || SMTP_URL !== undefined) return `${provider} answers.`;
  return `There is no provider: mail is kept in ${MAIL_DIR} and shown at /outbox.`;
}

async function checkLimits(variables: Env): Promise<Verdict> {
  const { UPSTASH_REDIS_REST_URL: url, UPSTASH_REDIS_REST_TOKEN: token } = variables;
  if (url === undefined || token === undefined) return 'They are counted in the database.';
  await pingUpstash({ url, token }).catch((error: unknown) => {
    throw new Error(`Upstash (UPSTASH_REDIS_REST_URL) cannot be used. ${firstLineOf(error)}`);
  });
  return 'Upstash answers.';
}

function firstLineOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : '';
}

/** The checks of the database; the others are left out if it does not answer. */
export async function checkDatabase(
  database: { url: string; variable: string },
  variables: Env,
): Promise<Finding[]> {
  let client: pg.Client | undefined;
  const reachable = await check('database', async () => {
    client = await connect(database.url, database.variable);
    return checkVersion(client);
  });
  if (client === undefined) return [reachable];
  const open = client;
  const findings = [
    reachable,
    await check('clock', async () => {
      const fault = await findClockFault(open, database.variable);
      if (fault !== null) throw new Error(fault);
      return 'It agrees with that of the database.';
    }),
    await check('migrations', () => checkMigrations(open)),
    await check('last sweep', () => checkSweep(open, variables)),
    await check('last backup', () => checkBackup(open)),
  ];
  void open.end();
  return findings;
}

async function checkVersion(client: pg.Client): Promise<Verdict> {
  const { rows } = await client.query<{ version: string }>(
    `SELECT current_setting('server_version') AS version`,
  );
  return checkPostgres(rows[0]?.version ?? '');
}

/** As `npm run test:databases` tests it. */
export function checkPostgres(version: string): Verdict {
  if (Number.parseInt(version, 10) >= OLDEST_POSTGRES) return `PostgreSQL ${version} answers.`;
  return {
    warning: `PostgreSQL ${version} is older than ${OLDEST_POSTGRES}: move to a newer one, docs/backup.md.`,
  };
}

async function checkMigrations(client: pg.Client): Promise<Verdict> {
  const pending = await findPending(client);
  if (pending.length === 0) return 'All are applied.';
  return { warning: `${pending.length} are not applied yet. npm start and npm run migrate apply them.` };
}

async function checkSweep(client: pg.Client, { SWEEP_INTERVAL_SECONDS, VERCEL }: Env): Promise<Verdict> {
  const intervalMs = VERCEL ? 0 : SWEEP_INTERVAL_SECONDS * 1_000;
  const maxAgeMs = intervalMs === 0 ? MAX_SWEEP_AGE_MS : Math.max(10 * intervalMs, 10 * MINUTE_MS);
  const advice =
    intervalMs === 0
      ? 'Does the scheduler call /api/cron/sweep with CRON_SECRET?'
      : 'Is Sheaf running? If it is, its log says why.';
  return describeRun(client, { job: 'sweep', maxAgeMs, advice });
}

async function checkBackup(client: pg.Client): Promise<Verdict> {
  const advice = 'Run npm run backup every day: docs/backup.md.';
  return describeRun(client, { job: 'backup', maxAgeMs: MAX_BACKUP_AGE_MS, advice });
}

async function describeRun(
  client: pg.Client,
  { job, maxAgeMs, advice }: { job: RecordedJob; maxAgeMs: number; advice: string },
): Promise<Verdict> {
  const at = (await hasTable(client, 'job_runs')) ? await readJobRun(client, job) : null;
  if (at === null) return { warning: `There was none yet. ${advice}` };
  const ageMs = Date.now() - at.getTime();
  const found = `${at.toISOString()}, ${formatAge(ageMs)} ago.`;
  return ageMs > maxAgeMs ? { warning: `${found} ${advice}` } : found;
}

function formatAge(ms: number): string {
  if (ms < 2 * MINUTE_MS) return `${Math.max(0, Math.round(ms / 1_000))} seconds`;
  if (ms < 120 * MINUTE_MS) return `${Math.round(ms / MINUTE_MS)} minutes`;
  return ms < 2 * DAY_MS ? `${Math.round(ms / 60 / MINUTE_MS)} hours` : `${Math.round(ms / DAY_MS)} days`;
}
