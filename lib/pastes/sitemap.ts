import 'server-only';
import { searchPool } from '../core/db';
import { LISTED } from './list-queries';

const DAY_MS = 86_400_000;
/** A sitemap index may have 50,000 parts. */
const MAX_DAYS = 50_000;
/** A part may have 50,000 addresses, but a serverless host answers with at most 4.5 MB. */
const MAX_PASTES = 20_000;

export interface SitemapPaste {
  slug: string;
  updatedAt: Date;
}

/** The days on which public pastes were created, newest first, as `2026-11-29` in UTC. */
export async function listSitemapDays(): Promise<string[]> {
  const newest = `from pastes p where p.visibility = 'public' and p.deleted_at is null`;
  const { rows } = await searchPool().query<{ day: string }>(`
    with recursive days as (
      (select date_trunc('day', p.created_at, 'UTC') as day ${newest} order by p.created_at desc limit 1)
      union all
      select (select date_trunc('day', p.created_at, 'UTC') ${newest} and p.created_at < days.day
        order by p.created_at desc limit 1) from days where days.day is not null)
    select to_char(day at time zone 'UTC', 'YYYY-MM-DD') as day from days where day is not null
    limit ${MAX_DAYS}`);
  return rows.map(({ day }) => day);
}

/**
 * The listed pastes among the last `MAX_PASTES` public ones of a day, newest first; null for what is not a day.
 */
export async function listSitemapPastes(day: string, now: Date): Promise<SitemapPaste[] | null> {
  const start = new Date(`${day}T00:00:00.000Z`);
  // Of 30 February, JavaScript makes 2 March.
  if (Number.isNaN(start.getTime()) || start.toISOString().slice(0, 10) !== day) return null;
  const { rows } = await searchPool().query<SitemapPaste>(
    `select p.slug, p.updated_at as "updatedAt" from (
        select p.* from pastes p where p.visibility = 'public' and p.deleted_at is null
          and p.created_at >= $2 and p.created_at < $3
        order by p.created_at desc, p.id desc limit ${MAX_PASTES}) p
      where ${LISTED} order by p.created_at desc, p.id desc`,
    [now, start, new Date(start.getTime() + DAY_MS)],
  );
  return rows;
}
