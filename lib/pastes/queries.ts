import 'server-only';
import type { QueryConfig } from 'pg';
import { z } from 'zod';
import { pool, prisma } from '../core/db';
import { env } from '../core/env';
import { AppError } from '../core/errors';
import { isUuid } from '../core/uuid';
import type { Prisma } from '../generated/prisma/client';
import type { ShareRole, Visibility } from '../generated/prisma/enums';
import type { PasteFacts } from './policy';
import { type ListOwnPastes, type ListPastes, MAX_TITLE_LENGTH, type OwnOrder } from './schema';
import { chosenSlugMeantBy, isSlugShaped } from './slug';

export interface FileRecord {
  name: string;
  language: string;
  bytes: number;
  lines: number;
  /** Hexadecimal. */
  sha256: string;
  key: string;
}

/** A paste with the files of its current revision, as read in one statement. */
export interface PasteRecord extends PasteFacts {
  id: string;
  slug: string;
  owner: string | null;
  title: string;
  encryption: unknown;
  revision: number;
  settingsVersion: number;
  hiddenReason: string | null;
  createdAt: Date;
  updatedAt: Date;
  files: FileRecord[];
}

interface PasteRow {
  id: string;
  slug: string;
  owner_id: string | null;
  owner: string | null;
  title: string;
  visibility: Visibility;
  expires_at: Date | null;
  burn_after: number | null;
  reads: number;
  has_password: boolean;
  encryption: unknown;
  edit_key_hash: Uint8Array | null;
  revision: number;
  settings_version: number;
  hidden_at: Date | null;
  hidden_reason: string | null;
  deleted_at: Date | null;
  created_at: Date;
  updated_at: Date;
  files: FileRecord[] | null;
}

const SELECT_PASTE = `
  select p.id, p.slug, p.owner_id, u.username as owner, p.title, p.visibility, p.expires_at, p.burn_after,
    p.reads, p.password_hash is not null as has_password, p.encryption, p.edit_key_hash, p.revision,
    p.settings_version, p.hidden_at, p.hidden_reason, p.deleted_at, p.created_at, p.updated_at,
    (select json_agg(json_build_object('name', f.name, 'language', f.language, 'bytes', f.bytes,
        'lines', f.lines, 'sha256', encode(f.sha256, 'hex'), 'key', f.blob_key) order by f.position)
      from revisions r join files f on f.revision_id = r.id
      where r.paste_id = p.id and r.number = p.revision) as files
  from pastes p left join users u on u.id = p.owner_id`;

/** `isAlive` of policy.ts in SQL; a test holds the two together. */
const alive = (now: string) => `p.deleted_at is null
    and (p.expires_at is null or p.expires_at > ${now})
    and (p.burn_after is null or p.reads < p.burn_after)`;

/** `isListed` of policy.ts in SQL. */
const listed = (now: string) => `p.visibility = 'public' and p.hidden_at is null and p.burn_after is null
    and p.password_hash is null and p.encryption is null and ${alive(now)}
    and not exists (select 1 from users author where author.id = p.owner_id and author.banned_at is not null)`;

const hasLanguage = (value: string) => `(${value}::text is null or exists (
      select 1 from revisions r join files f on f.revision_id = r.id
      where r.paste_id = p.id and r.number = p.revision and f.language = ${value}))`;

const matches = (pattern: string) => `(${pattern}::text is null or p.title ilike ${pattern} or exists (
      select 1 from revisions r join files f on f.revision_id = r.id
      where r.paste_id = p.id and r.number = p.revision
        and (f.name ilike ${pattern} or f.language ilike ${pattern})))`;

/** A pattern for `ilike` that finds the text as it is, wildcards included. */
function literalPattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}

/** Named statements are planned once per connection, which a transaction-mode pooler cannot keep. */
function named(name: string, text: string, values: unknown[]): QueryConfig {
  return env().DATABASE_POOLED ? { text, values } : { name, text, values };
}

/**
 * The living paste with this slug, or null; a chosen slug is found in any case. Whether a viewer may see it is
 * for `policy.ts` to say.
 */
export async function findPaste(slug: string, now: Date): Promise<PasteRecord | null> {
  if (!isSlugShaped(slug)) return null;
  const chosen = chosenSlugMeantBy(slug);
  return (await findBySlug(slug, now)) ?? (chosen === null ? null : findBySlug(chosen, now));
}

async function findBySlug(slug: string, now: Date): Promise<PasteRecord | null> {
  const text = `${SELECT_PASTE} where p.slug = $1 and ${alive('$2')}`;
  const { rows } = await pool().query<PasteRow>(named('find-paste', text, [slug, now]));
  return rows[0] ? toRecord(rows[0]) : null;
}

/** As `findPaste`, by the id of its row. */
export async function findPasteById(id: string, now: Date): Promise<PasteRecord | null> {
  const text = `${SELECT_PASTE} where p.id = $1 and ${alive('$2')}`;
  const { rows } = await pool().query<PasteRow>(named('find-paste-by-id', text, [id, now]));
  return rows[0] ? toRecord(rows[0]) : null;
}

interface ShareRow {
  id: string;
  paste_id: string;
  role: ShareRole;
  created_at: Date;
  opened_at: Date | null;
}

export interface SharedPaste {
  paste: PasteRecord;
  role: ShareRole;
  sharedAt: Date;
  openedAt: Date | null;
}

/** The living pastes that others share with an address, one owner or any, the newest share first. */
export async function listSharedPastes(
  email: string,
  filter: { limit: number; cursor?: string | undefined; ownerId?: string },
  now: Date,
): Promise<{ items: SharedPaste[]; nextCursor: string | null }> {
  const after = filter.cursor === undefined ? null : decodeCursor(filter.cursor);
  const text = `select s.id, s.paste_id, s.role, s.created_at, s.opened_at
    from shares s join pastes p on p.id = s.paste_id
    where s.email = $2 and p.hidden_at is null and ${alive('$1')}
      and ($3::timestamptz is null or (s.created_at, s.id) < ($3, $4::uuid))
      and ($6::uuid is null or p.owner_id = $6)
      and not exists (select 1 from users u where u.id = p.owner_id and u.email = s.email)
    order by s.created_at desc, s.id desc limit $5`;
  const values = [
    now,
    email,
    after?.createdAt ?? null,
    after?.id ?? null,
    filter.limit + 1,
    filter.ownerId ?? null,
  ];
  const { rows } = await pool().query<ShareRow>(text, values);
  const shares = rows.slice(0, filter.limit);
  const found = await pool().query<PasteRow>(
    `${SELECT_PASTE} where p.id = any($2::uuid[]) and ${alive('$1')}`,
    [now, shares.map((share) => share.paste_id)],
  );
  const pastes = new Map(found.rows.map((row) => [row.id, toRecord(row)]));
  const items = shares.flatMap(({ paste_id, role, created_at: sharedAt, opened_at: openedAt }) => {
    const paste = pastes.get(paste_id);
    return paste ? [{ paste, role, sharedAt, openedAt }] : [];
  });
  const last = rows.length > filter.limit ? shares.at(-1) : undefined;
  return { items, nextCursor: last ? encodeCursor({ createdAt: last.created_at, id: last.id }) : null };
}

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
  const after = filter.cursor === undefined ? null : decodeCursor(filter.cursor);
  const text = `${SELECT_PASTE} where ${listed('$1')}
    and ($2::timestamptz is null or (p.created_at, p.id) < ($2, $3::uuid))
    and ${hasLanguage('$4')} and ${matches('$5')} and ($7::uuid is null or p.owner_id = $7)
    order by p.created_at desc, p.id desc limit $6`;
  const values = [
    now,
    after?.createdAt ?? null,
    after?.id ?? null,
    filter.language ?? null,
    filter.q ? literalPattern(filter.q) : null,
    filter.limit + 1,
    filter.ownerId ?? null,
  ];
  const { rows } = await pool().query<PasteRow>(text, values);
  const items = rows.slice(0, filter.limit).map(toRecord);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > filter.limit && last ? encodeCursor(last) : null };
}

/** Each order of one's own pastes: what is compared, of which type, and which way. */
const OWN_ORDERS = {
  newest: { key: 'p.created_at', type: 'timestamptz', direction: 'desc' },
  oldest: { key: 'p.created_at', type: 'timestamptz', direction: 'asc' },
  changed: { key: 'p.updated_at', type: 'timestamptz', direction: 'desc' },
  expiring: { key: `coalesce(p.expires_at, 'infinity')`, type: 'timestamptz', direction: 'asc' },
  title: { key: 'lower(p.title)', type: 'text', direction: 'asc' },
} as const satisfies Record<OwnOrder, { key: string; type: string; direction: 'asc' | 'desc' }>;

/** The pastes of an owner, including hidden ones. */
export async function listOwnPastes(ownerId: string, filter: ListOwnPastes, now: Date): Promise<PastePage> {
  const { key, type, direction } = OWN_ORDERS[filter.sort];
  const after = filter.cursor === undefined ? null : decodeOwnCursor(filter.cursor, type);
  const text = `${SELECT_PASTE} where p.owner_id = $2 and ${alive('$1')}
    and ($3::text is null or (${key}, p.id) ${direction === 'asc' ? '>' : '<'} (${type === 'text' ? 'lower($3)' : '$3::timestamptz'}, $4::uuid))
    and ${hasLanguage('$5')} and ${matches('$6')} and ($7::text is null or p.visibility::text = $7)
    order by ${key} ${direction}, p.id ${direction} limit $8`;
  const values = [
    now,
    ownerId,
    after?.key ?? null,
    after?.id ?? null,
    filter.language ?? null,
    filter.q ? literalPattern(filter.q) : null,
    filter.visibility ?? null,
    filter.limit + 1,
  ];
  const { rows } = await pool().query<PasteRow>(text, values);
  const items = rows.slice(0, filter.limit).map(toRecord);
  const last = items.at(-1);
  return {
    items,
    nextCursor: rows.length > filter.limit && last ? encodeOwnCursor(last, filter.sort) : null,
  };
}

/** The languages of files in the pastes of an owner. */
export async function listOwnLanguages(ownerId: string, now: Date): Promise<string[]> {
  const text = `select distinct f.language from pastes p
    join revisions r on r.paste_id = p.id and r.number = p.revision
    join files f on f.revision_id = r.id
    where p.owner_id = $2 and ${alive('$1')}`;
  const { rows } = await pool().query<{ language: string }>(text, [now, ownerId]);
  return rows.map(({ language }) => language);
}

/** The languages of files in public pastes. */
export async function listPublicLanguages(now: Date): Promise<string[]> {
  const text = `select distinct f.language from pastes p
    join revisions r on r.paste_id = p.id and r.number = p.revision
    join files f on f.revision_id = r.id
    where ${listed('$1')}`;
  const { rows } = await pool().query<{ language: string }>(text, [now]);
  return rows.map(({ language }) => language);
}

export interface RevisionRecord {
  number: number;
  createdAt: Date;
  files: FileRecord[];
}

export interface RevisionPage {
  items: RevisionRecord[];
  /** The number below which the next page begins. */
  nextBefore: number | null;
}

/** The revisions of a paste, newest first. Whether a viewer may see them is for `policy.ts` to say. */
export async function listRevisions(
  pasteId: string,
  { before, limit }: { before?: number | undefined; limit: number },
): Promise<RevisionPage> {
  const rows = await prisma().revision.findMany({
    where: { pasteId, ...(before === undefined ? {} : { number: { lt: before } }) },
    orderBy: { number: 'desc' },
    take: limit + 1,
    select: REVISION_SELECT,
  });
  const items = rows.slice(0, limit).map(toRevision);
  return { items, nextBefore: rows.length > limit ? (items.at(-1)?.number ?? null) : null };
}

export async function findRevision(pasteId: string, number: number): Promise<RevisionRecord | null> {
  const row = await prisma().revision.findUnique({
    where: { pasteId_number: { pasteId, number } },
    select: REVISION_SELECT,
  });
  return row && toRevision(row);
}

const REVISION_SELECT = {
  number: true,
  createdAt: true,
  files: {
    orderBy: { position: 'asc' },
    select: { name: true, language: true, bytes: true, lines: true, sha256: true, blobKey: true },
  },
} satisfies Prisma.RevisionSelect;

type RevisionRow = Prisma.RevisionGetPayload<{ select: typeof REVISION_SELECT }>;

function toRevision({ number, createdAt, files }: RevisionRow): RevisionRecord {
  return {
    number,
    createdAt,
    files: files.map(({ blobKey, sha256, ...file }) => ({
      ...file,
      sha256: Buffer.from(sha256).toString('hex'),
      key: blobKey,
    })),
  };
}

function toRecord(row: PasteRow): PasteRecord {
  return {
    id: row.id,
    slug: row.slug,
    ownerId: row.owner_id,
    owner: row.owner,
    title: row.title,
    visibility: row.visibility,
    expiresAt: row.expires_at,
    burnAfter: row.burn_after,
    reads: row.reads,
    hasPassword: row.has_password,
    isSecret: row.encryption !== null,
    encryption: row.encryption,
    editKeyHash: row.edit_key_hash,
    revision: row.revision,
    settingsVersion: row.settings_version,
    hiddenAt: row.hidden_at,
    hiddenReason: row.hidden_reason,
    deletedAt: row.deleted_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    files: row.files ?? [],
  };
}

function encodeCursor({ createdAt, id }: Pick<PasteRecord, 'createdAt' | 'id'>): string {
  return Buffer.from(`${createdAt.toISOString()} ${id}`).toString('base64url');
}

function decodeCursor(cursor: string): { createdAt: Date; id: string } {
  const [time = '', id = ''] = Buffer.from(cursor, 'base64url').toString('latin1').split(' ');
  const createdAt = new Date(time);
  if (!isIsoTime(time) || !isUuid(id)) {
    throw new AppError('validation_failed', { fields: [{ path: 'cursor', message: 'cursor_unknown' }] });
  }
  return { createdAt, id };
}

function encodeOwnCursor(paste: PasteRecord, sort: OwnOrder): string {
  const key = {
    newest: paste.createdAt.toISOString(),
    oldest: paste.createdAt.toISOString(),
    changed: paste.updatedAt.toISOString(),
    expiring: paste.expiresAt?.toISOString() ?? 'infinity',
    title: paste.title,
  }[sort];
  return Buffer.from(JSON.stringify([paste.id, key])).toString('base64url');
}

const ownCursorSchema = z.tuple([z.uuid(), z.string().max(MAX_TITLE_LENGTH)]);

function decodeOwnCursor(cursor: string, type: 'timestamptz' | 'text'): { id: string; key: string } {
  const parsed = ownCursorSchema.safeParse(parseJsonOrNull(Buffer.from(cursor, 'base64url').toString()));
  const [id, key] = parsed.success ? parsed.data : ['', ''];
  const isKey = type === 'text' ? !key.includes('\0') : key === 'infinity' || isIsoTime(key);
  if (!parsed.success || !isKey) {
    throw new AppError('validation_failed', { fields: [{ path: 'cursor', message: 'cursor_unknown' }] });
  }
  return { id, key };
}

function parseJsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isIsoTime(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text) || text.startsWith('0000')) return false;
  const time = new Date(text);
  // Of 30 February, JavaScript makes 2 March, and Postgres an error.
  return !Number.isNaN(time.getTime()) && time.toISOString() === text;
}
