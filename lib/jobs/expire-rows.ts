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

/**
 * Each deletes a batch of expired rows and returns their number: sessions with their tokens, emailed links,
 * personal tokens, account events over a year old, idempotency keys, held usernames, used invitations, uploaded address books,
 * records of burned pastes over 30 days old, cases decided over 90 days ago, undecided cases of deleted pastes and
 * appeals of deleted accounts about them, spent limit counters, and accounts unconfirmed for a day that no longer have a valid link. One clears what identifies the
 * reporters of pastes after 90 days.
 */
export const EXPIRIES: readonly Expiry[] = [
  (now) => prisma().$executeRaw`
    delete from sessions where ctid in (select ctid from sessions where expires < ${now} limit ${BATCH})`,
  (now) => prisma().$executeRaw`
    delete from mail_tokens where ctid in (
      select ctid from mail_tokens where expires_at < ${dayBefore(now)} limit ${BATCH})`,
  (now) => prisma().$executeRaw`
    delete from personal_tokens where ctid in (
      select ctid from personal_tokens where expires_at < ${dayBefore(now)} limit ${BATCH})`,
  (now) => prisma().$executeRaw`
    delete from security_events where ctid in (
      select ctid from security_events where created_at < ${new Date(now.getTime() - YEAR_MS)} limit ${BATCH})`,
  (now) => prisma().$executeRaw`
    delete from idempotent_creates where ctid in (
      select ctid from idempotent_creates where created_at < ${dayBefore(now)} limit ${BATCH})`,
  (now) => prisma().$executeRaw`
    delete from idempotent_requests where ctid in (
      select ctid from idempotent_requests where created_at < ${dayBefore(now)} limit ${BATCH})`,
  (now) => prisma().$executeRaw`
    delete from held_usernames where ctid in (
      select ctid from held_usernames where until < ${now} limit ${BATCH})`,
  (now) => prisma().$executeRaw`
    delete from used_invitations where ctid in (
      select ctid from used_invitations where until < ${now} limit ${BATCH})`,
  (now) => prisma().$executeRaw`
    delete from contact_imports where ctid in (
      select ctid from contact_imports where expires_at < ${now} limit ${BATCH})`,
  (now) => prisma().$executeRaw`
    delete from burn_records where ctid in (
      select ctid from burn_records where burned_at < ${new Date(now.getTime() - BURN_RECORDS_KEPT_MS)}
      limit ${BATCH})`,
  (now) => prisma().$executeRaw`
    delete from report_cases where id in (
      select id from report_cases
      where not is_open and decided_at < ${new Date(now.getTime() - REPORTS_KEPT_MS)}
      limit ${BATCH} for update skip locked)`,
  closeGoneCases,
  (now) => prisma().$executeRaw`
    update reports set reporter_hash = null, sealed_email = null, sealed_key = null where id in (
      select id from reports where created_at < ${new Date(now.getTime() - REPORTS_KEPT_MS)}
        and reporter_hash is not null limit ${BATCH})`,
  (now) => prisma().$executeRaw`
    delete from rate_limits where ctid in (
      select ctid from rate_limits where expire < ${now.getTime()} limit ${BATCH} for update skip locked)`,
  (now) => prisma().$executeRaw`
    delete from users where id in (
      select u.id from users u where u.email_verified is null and u.created_at < ${dayBefore(now)}
        and not exists (select 1 from pastes p where p.owner_id = u.id)
        and not exists (select 1 from mail_tokens m
          where m.user_id = u.id and m.spent_at is null and m.expires_at > ${now})
      limit ${BATCH} for update skip locked)`,
];

function dayBefore(now: Date): Date {
  return new Date(now.getTime() - DAY_MS);
}
