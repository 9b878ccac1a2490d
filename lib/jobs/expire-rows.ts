import 'server-only';
import { prisma } from '../core/prisma';
import { closeGoneCases } from '../reports/close-gone';

const DAY_MS = 86_400_000;
const YEAR_MS = 365 * DAY_MS;
/** Of reports, and of what was decided. */
const REPORTS_KEPT_MS = 90 * DAY_MS;
const BURN_RECORDS_KEPT_MS = 30 * DAY_MS;
/** Few enough for one statement, including the rows that cascade. */
const BATCH = 500;

type Expiry = (now: Date) => Promise<number>;

/** A table, the column with a time after which its rows are not needed, and how long they are kept after it. */
type Dated = readonly [table: string, column: string, keptMs: number];

const DATED: readonly Dated[] = [
  ['sessions', 'expires', 0],
  ['mail_tokens', 'expires_at', DAY_MS],
  ['personal_tokens', 'expires_at', DAY_MS],
  ['security_events', 'created_at', YEAR_MS],
  ['idempotent_creates', 'created_at', DAY_MS],
  ['idempotent_requests', 'created_at', DAY_MS],
  ['held_usernames', 'until', 0],
  ['used_invitations', 'until', 0],
  ['contact_imports', 'expires_at', 0],
  ['burn_records', 'burned_at', BURN_RECORDS_KEPT_MS],
];

/**
 * Each deletes a batch of expired rows and returns their number: sessions with their tokens, emailed links,
 * personal tokens, account events over a year old, idempotency keys, held usernames, used invitations, uploaded address books,
 * records of burned pastes over 30 days old, cases decided over 90 days ago, undecided cases of deleted pastes and
 * appeals of deleted accounts about them, spent limit counters, and accounts unconfirmed for a day that no longer have a valid link. One clears what identifies the
 * reporters of pastes after 90 days.
 */
export const EXPIRIES: readonly Expiry[] = [
  ...DATED.map(expireDated),
  (now) => prisma().$executeRaw`
    delete from report_cases where id in (
      select id from report_cases
      where not is_open and decided_at < ${before(now, REPORTS_KEPT_MS)}
      limit ${BATCH} for update skip locked)`,
  closeGoneCases,
  (now) => prisma().$executeRaw`
    update reports set reporter_hash = null, sealed_email = null, sealed_key = null where id in (
      select id from reports where created_at < ${before(now, REPORTS_KEPT_MS)}
        and reporter_hash is not null limit ${BATCH})`,
  (now) => prisma().$executeRaw`
    delete from rate_limits where ctid in (
      select ctid from rate_limits where expire < ${now.getTime()} limit ${BATCH} for update skip locked)`,
  (now) => prisma().$executeRaw`
    delete from users where id in (
      select u.id from users u where u.email_verified is null and u.created_at < ${before(now, DAY_MS)}
        and not exists (select 1 from pastes p where p.owner_id = u.id)
        and not exists (select 1 from mail_tokens m
          where m.user_id = u.id and m.spent_at is null and m.expires_at > ${now})
      limit ${BATCH} for update skip locked)`,
];

function expireDated([table, column, keptMs]: Dated): Expiry {
  const sql = `delete from ${table} where ctid in (
    select ctid from ${table} where ${column} < $1 limit ${BATCH})`;
  return (now) => prisma().$executeRawUnsafe(sql, before(now, keptMs));
}

function before(now: Date, ms: number): Date {
  return new Date(now.getTime() - ms);
}
