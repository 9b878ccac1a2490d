import 'server-only';
import { pool } from './db';

const COUNTS = `select
  (select count(*)::int from outbox_mails where sent_at is null and abandoned_at is null) as mails,
  (select count(*)::int from blob_deletions) as bodies,
  (select greatest(reltuples, 0)::float8 from pg_class where oid = 'pastes'::regclass) as pastes,
  (select greatest(reltuples, 0)::float8 from pg_class where oid = 'users'::regclass) as users,
  pg_database_size(current_database())::float8 as bytes`;

/**
 * Emails that are not sent, bodies that the store is still to remove, the database's estimates of its pastes and
 * users (0 until it has made one), and its size on disk in bytes.
 */
export type StoredCounts = Record<'mails' | 'bodies' | 'pastes' | 'users' | 'bytes', number>;

export async function readStoredCounts(): Promise<StoredCounts> {
  const { rows } = await pool().query<StoredCounts>(COUNTS);
  const [row] = rows;
  if (!row) throw new Error('the database gave no counts');
  return row;
}
