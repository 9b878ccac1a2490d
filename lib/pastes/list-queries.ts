import 'server-only';
import { createHash } from 'node:crypto';
import type { Pool, PoolClient, QueryConfig } from 'pg';
import { named, pool, searchPool } from '../core/db';
import { cutPage, type Page } from '../core/pagination';
import { pg } from '../core/postgres-driver';
import { decodeCursor, encodeCursor, type KeyType } from './cursor';
import type { ListOwnPastes, ListPastes, OwnOrder } from './list-schema';
import {
  ALIVE,
  type ListedPaste,
  type ListedRow,
  type PasteRecord,
  SELECT_LISTED,
  toListed,
} from './queries';
import { hasTrigram, languagePattern, searchPattern } from './search-text';

/** How many pastes one page of a list may look at in the list's order. */
export const LIST_WINDOW = 10_000;

const LANGUAGE_WINDOW = 100;
const INDEX_WITHIN_MS = 50;
const CANCELED_CODE = '57014';

/** `isListed` of policy.ts in SQL; a test holds the two together. */
export const LISTED = `p.visibility = 'public' and p.hidden_at is null and p.burn_after is null
    and p.encryption is null and ${ALIVE}
    and not exists (select 1 from users author where author.id = p.owner_id and author.banned_at is not null)
    and not exists (select 1 from users author where author.id = p.owner_id and author.awaits_approval)`;

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

export type PastePage = Page<ListedPaste>;

/**
 * The public feed, newest first, of all users or of one owner. `q` is a literal substring of title, file
 * name or language.
 */
export function listPublicPastes(filter: ListPastes & { ownerId?: string }, now: Date): Promise<PastePage> {
  const { ownerId, language } = filter;
  const scope = ownerId === undefined ? inFeed : inProfile(ownerId);
  const languageRows = ownerId === undefined ? language : undefined;
  return listPastes({ scope, languageRows, condition: () => LISTED, order: ORDERS.newest, filter, now });
}

/** The pastes of an owner, including hidden ones. */
export function listOwnPastes(ownerId: string, filter: ListOwnPastes, now: Date): Promise<PastePage> {
  const { visibility, sort } = filter;
  const condition = (bind: Bind) =>
    visibility === undefined ? ALIVE : `${ALIVE} and p.visibility::text = ${bind(visibility)}`;
  return listPastes({ scope: ownedBy(ownerId), condition, order: ORDERS[sort], filter, now });
}

/** Adds a value to those of a statement and returns its placeholder. */
type Bind = (value: unknown) => string;

const inFeed = () => `p.visibility = 'public' and p.deleted_at is null`;
// Without the condition that the index of the feed requires, so that the planner does not read the feed for it.
const inProfile = (ownerId: string) => (bind: Bind) =>
  `p.visibility = 'public' and p.owner_id = ${bind(ownerId)}::uuid`;
const ownedBy = (ownerId: string) => (bind: Bind) =>
  `p.owner_id = ${bind(ownerId)}::uuid and p.deleted_at is null`;

interface PasteList {
  /** A condition whose pastes an index has in the order of the list. */
  scope: (bind: Bind) => string;
  /** A language whose rows in `feed_languages` are read in place of all pastes of the scope. */
  languageRows?: string | undefined;
  /** What the pastes of the list have in common; `$1` is now. */
  condition: (bind: Bind) => string;
  order: Order;
  filter: ListPastes;
  now: Date;
}

/**
 * A page of the list, at a cost that does not grow with the number of pastes. First the next `LIST_WINDOW`
 * pastes are looked at in the order of the list, which fills the page if many of them match. If few match, the
 * search index finds them all. It is no help if it has too many candidates, or if the search has no trigram:
 * then the page has what the window has, fewer than `limit` items or none, and the cursor continues behind the
 * window.
 */
async function listPastes(list: PasteList): Promise<PastePage> {
  const { q, language, limit } = list.filter;
  const sought = q ? searchPattern(q) : undefined;
  if (sought === null) return { items: [], nextCursor: null };
  const patterns = [sought, language && languagePattern(language)].filter((one) => one !== undefined);
  const database = patterns.length > 0 ? searchPool() : pool();
  const walked = await loadPastes(database, list, (bind) => walkWindow(list, patterns, bind));
  if (walked.length > limit) return toPage(walked, list);
  const [end] = await loadPastes(database, list, (bind) => endOfWindow(list, bind));
  if (end === undefined) return toPage(walked, list);
  const found = patterns.some(hasTrigram) ? await lookUp(list, patterns) : null;
  return found ? toPage(found, list) : { items: walked.slice(0, limit), nextCursor: cursorAfter(end, list) };
}

/** The ids of the first matching pastes in the window. */
function walkWindow(list: PasteList, patterns: readonly string[], bind: Bind): string {
  const { condition, filter, order } = list;
  const matches = `${condition(bind)} ${matchesAll(patterns, bind)}`;
  const window = `(${inOrder(list, bind)} limit ${LIST_WINDOW})`;
  const [from, first] =
    list.languageRows === undefined
      ? [`${window} p`, 'p']
      : [`${window} w join pastes p on p.id = w.id`, 'w'];
  return `select p.id from ${from} where ${matches}
    order by ${first}.key ${order.direction}, ${first}.id ${order.direction} limit ${bind(filter.limit + 1)}`;
}

function endOfWindow(list: PasteList, bind: Bind): string {
  return `select w.id from (${inOrder(list, bind)} offset ${LIST_WINDOW - 1} limit 1) w`;
}

/** What follows the cursor, in the order of the list. */
function inOrder(list: PasteList, bind: Bind): string {
  const { key, direction } = list.order;
  if (list.languageRows !== undefined) {
    return `select l.paste_id as id, l.created_at as key from feed_languages l
      where l.language = ${bind(list.languageRows)} ${afterCursor(list, 'l.created_at, l.paste_id', bind)}
      order by l.created_at ${direction}, l.paste_id ${direction}`;
  }
  return `select p.*, ${key} as key from pastes p
    where ${list.scope(bind)} ${afterCursor(list, `${key}, p.id`, bind)}
    order by ${key} ${direction}, p.id ${direction}`;
}

/** The matching pastes by the search index; null if there are too many candidates to look through in time. */
async function lookUp(list: PasteList, patterns: readonly string[]): Promise<ListedPaste[] | null> {
  const { scope, condition, filter, order } = list;
  const { key, direction } = order;
  const client = await searchPool().connect();
  try {
    // Within a transaction, because a transaction-mode pooler gives the next one to another connection.
    await client.query(
      `begin; set local statement_timeout = ${INDEX_WITHIN_MS}; set local enable_seqscan = off`,
    );
    // `offset 0` has the candidates looked up first, whatever the planner takes their number to be.
    const found = await loadPastes(
      client,
      list,
      (bind) => `select p.id from (
          select p.* from pastes p
          where ${scope(bind)} and p.deleted_at is null ${matchesAll(patterns, bind)} offset 0) p
        where ${condition(bind)} ${afterCursor(list, `${key}, p.id`, bind)}
        order by ${key} ${direction}, p.id ${direction} limit ${filter.limit + 1}`,
    );
    await client.query('commit');
    return found;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    if (error instanceof pg.DatabaseError && error.code === CANCELED_CODE) return null;
    throw error;
  } finally {
    client.release();
  }
}

function matchesAll(patterns: readonly string[], bind: Bind): string {
  return patterns.map((pattern) => `and p.haystack like ${bind(pattern)}`).join(' ');
}

function afterCursor({ filter, order }: PasteList, columns: string, bind: Bind): string {
  if (filter.cursor === undefined) return '';
  const { key, id } = decodeCursor(filter.cursor, order.type);
  const place = order.type === 'text' ? `lower(${bind(key)})` : `${bind(key)}::timestamptz`;
  return `and (${columns}) ${order.direction === 'asc' ? '>' : '<'} (${place}, ${bind(id)}::uuid)`;
}

/** The pastes whose ids a statement selects, in the order of the list. */
async function loadPastes(
  database: Pool | PoolClient,
  { scope, order, filter, now }: PasteList,
  selectIds: (bind: Bind) => string,
): Promise<ListedPaste[]> {
  const values: unknown[] = [now];
  const ids = selectIds((value) => `$${values.push(value)}`);
  // Postgres rejects a value that the statement does not use.
  const text = `${SELECT_LISTED} where p.id = any(array(${ids})) and $1::timestamptz is not null
    order by ${order.key} ${order.direction}, p.id ${order.direction}`;
  const isFirstOfFeed = scope === inFeed && filter.cursor === undefined && database instanceof pg.Pool;
  const { rows } = await database.query<ListedRow>(
    isFirstOfFeed ? namedByText(text, values) : { text, values },
  );
  return rows.map(toListed);
}

/**
 * A statement that each connection plans once: to plan one of the feed takes as long as to run it. Not for an owner's
 * list: the plan depends on how many pastes they have, and one for the average owner takes 0.3 s for one who has
 * 100,000. There are a few texts for the first page of the feed; later pages have too many to keep all plans.
 */
function namedByText(text: string, values: unknown[]): QueryConfig {
  return named(`list-${createHash('sha256').update(text).digest('base64url').slice(0, 22)}`, text, values);
}

function toPage(rows: ListedPaste[], list: PasteList): PastePage {
  const { items, last } = cutPage(rows, list.filter.limit);
  return { items, nextCursor: last ? cursorAfter(last, list) : null };
}

function cursorAfter(paste: PasteRecord, { order }: PasteList): string {
  return encodeCursor({ key: order.keyOf(paste), id: paste.id });
}

/** The languages of files in the last `LIST_WINDOW` pastes of an owner. */
export async function listOwnLanguages(ownerId: string, now: Date): Promise<string[]> {
  const text = `select distinct substr(line, 2) as language
    from (select p.* from pastes p where p.owner_id = $2 and p.deleted_at is null
        order by p.created_at desc, p.id desc limit ${LIST_WINDOW}) p,
      string_to_table(p.haystack, E'\\n') line
    where line like E'\\t%' and ${ALIVE}`;
  return await listLanguages(text, [now, ownerId]);
}

/**
 * The languages of files in public pastes. Each is looked for among the newest pastes that have it, so that a
 * language may be left out whose last `LANGUAGE_WINDOW` pastes have all expired, been hidden or been made by
 * banned authors.
 */
export async function listPublicLanguages(now: Date): Promise<string[]> {
  const text = `with recursive used as (
      (select language from feed_languages order by language limit 1)
      union all
      select (select l.language from feed_languages l where l.language > used.language
        order by l.language limit 1) from used where used.language is not null)
    select language from used where language is not null and exists (
      select 1 from (
        select l.paste_id from feed_languages l where l.language = used.language
        order by l.created_at desc, l.paste_id desc limit ${LANGUAGE_WINDOW}) newest
      join pastes p on p.id = newest.paste_id where ${LISTED})`;
  return await listLanguages(text, [now]);
}

async function listLanguages(text: string, values: unknown[]): Promise<string[]> {
  const { rows } = await pool().query<{ language: string }>(text, values);
  return rows.map(({ language }) => language);
}
