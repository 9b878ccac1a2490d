import 'server-only';
import { pool, searchPool } from '../core/db';
import { env } from '../core/env';
import { readJobRun } from '../core/job-runs';
import { readStoredCounts, type StoredCounts } from '../core/stored-counts';
import { blobStore } from '../storage/blob-store';

/** What an operator wants to know of a running instance. Sizes are in bytes. */
export interface InstanceStatus extends Pick<StoredCounts, 'mails' | 'bodies' | 'bytes'> {
  node: string;
  postgres: string;
  lastMigration: string;
  /** Size of all texts, earlier revisions included; null if they are too many to add up in a second. */
  textBytes: number | null;
  store: 'folder' | 'vercel' | 's3';
  doesStoreAnswer: boolean;
  mailer: 'resend' | 'smtp' | 'local';
  sweptAt: Date | null;
  backedUpAt: Date | null;
}

const VERSIONS = `select current_setting('server_version') as postgres,
  (select migration_name from _prisma_migrations where finished_at is not null
    order by migration_name desc limit 1) as "lastMigration"`;

export async function readStatus(): Promise<InstanceStatus> {
  const [{ rows }, { mails, bodies, bytes }, textBytes, doesStoreAnswer, sweptAt, backedUpAt] =
    await Promise.all([
      pool().query<Pick<InstanceStatus, 'postgres' | 'lastMigration'>>(VERSIONS),
      readStoredCounts(),
      addUpTexts().catch(() => null),
      blobStore()
        .ping()
        .then(
          () => true,
          () => false,
        ),
      readJobRun(pool(), 'sweep'),
      readJobRun(pool(), 'backup'),
    ]);
  const [versions = { postgres: '', lastMigration: '' }] = rows;
  const node = process.versions.node;
  return {
    ...versions,
    ...{ node, mails, bodies, bytes, textBytes, doesStoreAnswer, sweptAt, backedUpAt },
    store: storeName(),
    mailer: mailerName(),
  };
}

async function addUpTexts(): Promise<number | null> {
  const { rows } = await searchPool().query<{ bytes: number }>(
    'select coalesce(sum(bytes), 0)::float8 as bytes from files',
  );
  return rows[0]?.bytes ?? null;
}

function storeName(): InstanceStatus['store'] {
  const { BLOB_READ_WRITE_TOKEN, S3_BUCKET } = env();
  if (BLOB_READ_WRITE_TOKEN !== undefined) return 'vercel';
  return S3_BUCKET === undefined ? 'folder' : 's3';
}

function mailerName(): InstanceStatus['mailer'] {
  const { RESEND_API_KEY, SMTP_URL } = env();
  if (RESEND_API_KEY !== undefined) return 'resend';
  return SMTP_URL === undefined ? 'local' : 'smtp';
}
