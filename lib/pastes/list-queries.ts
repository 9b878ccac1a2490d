import 'server-only';
import { pool } from '../core/db';
import { cutPage } from '../core/pagination';
import { decodeCursor, encodeCursor, type KeyType } from './cursor';
import { ALIVE, type PasteRecord, type PasteRow, SELECT_PASTE, toRecord } from './queries';
import type { ListOwnPastes, ListPastes, OwnOrder } from './schema';

/** `isListed` of policy.ts in SQL; a test holds the two together. */
const LISTED = `p.visibility = 'public' and p.hidden_at is null and p.burn_after is null
    and p.password_hash is null and p.encryption is null and ${ALIVE}
    and not exists (select 1 from users author where author.id = p.owner_id and author.banned_at is not null)`;

const FILES = `from revisions r join files f on f.revision_id = r.id
      where r.paste_id = p.id and r.number = p.revision`;

interface Order {
  /** What is compared. */
  key: string;
  type: KeyType;
  direction: 'asc' | 'desc';
  keyOf: (paste: PasteRecord) => string;
}

const timeOf = (time: Date | null) => time?.toISOString() ?? 'infinity';

const ORDERS: Record<OwnOrder, Order> = {
  newest: {
    key: 'p.created_at',
    type: 'timestamptz',
    direction: 'desc',
    keyOf: ({ createdAt }) => timeOf(createdAt),
  },
  oldest: {
    key: 'p.created_at',
    type: 'timestamptz',
    direction: 'asc',
    keyOf: ({ createdAt }) => timeOf(createdAt),
  },
  changed: {
    key: 'p.updated_at',
    type: 'timestamptz',
    direction: 'desc',
    keyOf: ({ updatedAt }) => timeOf(updatedAt),
  },
  expiring: {
    key: `coalesce(p.expires_at, 'infinity')`,
    type: 'timestamptz',
    direction: 'asc',
    keyOf: ({ expiresAt }) => timeOf(expiresAt),
  },
  title: { key: 'lower(p.title)', type: 'text', direction: 'asc', keyOf: ({ title }) => title },
};

export interface PastePage {
  items: PasteRecord[];
  nextCursor: string | null;
}

/**
 * The public feed, newest first, of all users or of one owner. `q` is a literal substring of title, file
 * name or language.
 */
export async function listPublicPastes(
  filter: ListPastes & { ownerId?: string },
  now: Date,
): Promise<PastePage> {
  const where = `${LISTED} and ($7::uuid is null or p.owner_id = $7)`;
  return await listPastes({ where, values: [filter.ownerId ?? null], order: ORDERS.newest, filter, now });
}

/** The pastes of an owner, including hidden ones. */
export async function listOwnPastes(ownerId: string, filter: ListOwnPastes, now: Date): Promise<PastePage> {
  const where = `${ALIVE} and p.owner_id = $7 and ($8::text is null or p.visibility::text = $8)`;
  const values = [ownerId, filter.visibility ?? null];
  return await listPastes({ where, values, order: ORDERS[filter.sort], filter, now });
}

interface PasteList {
  /** A condition; `$1` is now, and from `$7` on come `values`. */
  where: string;
  values: (string | null)[];
  order: Order;
  filter: ListPastes;
  now: Date;
}

async function listPastes({ where, values, order, filter, now }: PasteList): Promise<PastePage> {
  const { key, type, direction, keyOf } = order;
  const after = filter.cursor === undefined ? null : decodeCursor(filter.cursor, type);
  const isBehind = direction === 'asc' ? '>' : '<';
  const place = type === 'text' ? 'lower($2)' : '$2::timestamptz';
  const text = `${SELECT_PASTE} where ${where}
    and ($2::text is null or (${key}, p.id) ${isBehind} (${place}, $3::uuid))
    and ($4::text is null or exists (select 1 ${FILES} and f.language = $4))
    and ($5::text is null or p.title ilike $5 or exists (
      select 1 ${FILES} and (f.name ilike $5 or f.language ilike $5)))
    order by ${key} ${direction}, p.id ${direction} limit $6`;
  const { rows } = await pool().query<PasteRow>(text, [
    now,
    after?.key ?? null,
    after?.id ?? null,
    filter.language ?? null,
    filter.q ? literalPattern(filter.q) : null,
    filter.limit + 1,
    ...values,
  ]);
  const { items, last } = cutPage(rows.map(toRecord), filter.limit);
  return { items, nextCursor: last ? encodeCursor({ key: keyOf(last), id: last.id }) : null };
}

/** A pattern for `ilike` that finds the text as it is, wildcards included. */
function literalPattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}

/** The languages of files in the pastes of an owner. */
export async function listOwnLanguages(ownerId: string, now: Date): Promise<string[]> {
  return await listLanguages(`p.owner_id = $2 and ${ALIVE}`, [now, ownerId]);
}

/** The languages of files in public pastes. */
export async function listPublicLanguages(now: Date): Promise<string[]> {
  return await listLanguages(LISTED, [now]);
}

async function listLanguages(where: string, values: unknown[]): Promise<string[]> {
  const text = `select distinct f.language from pastes p
    join revisions r on r.paste_id = p.id and r.number = p.revision
    join files f on f.revision_id = r.id
    where ${where}`;
  const { rows } = await pool().query<{ language: string }>(text, values);
  return rows.map(({ language }) => language);
}
