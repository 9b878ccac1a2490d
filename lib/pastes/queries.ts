import 'server-only';
import { named, pool } from '../core/db';
import type { PasteFacts } from './policy';
import { slugsMeantBy } from './slug';

export interface FileRecord {
  name: string;
  language: string;
  bytes: number;
  lines: number;
  /** Hexadecimal. */
  sha256: string;
  key: string;
}

/** How a secret paste is encrypted. */
export interface Encryption {
  format: 'age-v1';
  /** Whether a password is needed; `findLock` reads its lock. */
  hasLock: boolean;
}

/** A paste with the files of its current revision, as read in one statement. */
export interface PasteRecord extends PasteFacts {
  id: string;
  slug: string;
  /** Username of the owner; null for a guest. */
  owner: string | null;
  /** Display name of the owner, if there is one. */
  ownerName: string | null;
  /** Blob key of the owner's avatar, if there is one. */
  ownerImage: string | null;
  title: string;
  encryption: Encryption | null;
  revision: number;
  settingsVersion: number;
  hiddenReason: string | null;
  createdAt: Date;
  updatedAt: Date;
  /** What the store has of the current revision: its files, or the ciphertext of a secret paste. */
  stored: FileRecord[];
  /** The texts among them: none of a secret paste, whose files are inside the ciphertext. */
  files: FileRecord[];
}

/** What `SELECT_PASTE` selects; `toRecord` makes a record of it. */
export interface PasteRow {
  slug: string;
  /** A `PasteJson`. */
  json: string;
}

type Times = 'expiresAt' | 'hiddenAt' | 'deletedAt' | 'createdAt' | 'updatedAt';

type Hashes = 'editKeyHash' | 'proofHash';

/** A paste as lists show it. */
export interface ListedPaste extends PasteRecord {
  /** The first lines of its text, for viewers who may read it; null if none are stored. */
  preview: string | null;
}

/** What `SELECT_LISTED` selects; `toListed` makes a paste of it. */
export interface ListedRow extends PasteRow {
  preview: string | null;
}

/** A record as JSON: times in milliseconds since 1970, hashes in hexadecimal. */
interface PasteJson extends Omit<PasteRecord, Times | Hashes | 'isSecret' | 'stored' | 'files' | 'grant'> {
  expiresAt: number | null;
  hiddenAt: number | null;
  deletedAt: number | null;
  createdAt: number;
  updatedAt: number;
  editKeyHash: string | null;
  proofHash: string | null;
  stored: FileRecord[] | null;
}

const milliseconds = (column: string) => `(extract(epoch from ${column}) * 1000)::bigint`;

// One column of JSON: the driver would spend as long on twenty columns and their dates as on all the rest.
const COLUMNS = `p.slug, json_build_object('id', p.id, 'slug', p.slug, 'ownerId', p.owner_id, 'owner', u.username,
    'ownerName', u.name, 'ownerImage', u.image, 'isOwnerBanned', u.banned_at is not null,
    'isOwnerNew', u.awaits_approval is true,
    'title', p.title, 'visibility', p.visibility, 'expiresAt', ${milliseconds('p.expires_at')},
    'burnAfter', p.burn_after, 'reads', p.reads,
    'encryption', case when p.encryption is not null then json_build_object(
        'format', p.encryption->>'format', 'hasLock', p.lock is not null) end,
    'proofHash', encode(p.proof_hash, 'hex'), 'editKeyHash', encode(p.edit_key_hash, 'hex'),
    'revision', p.revision, 'settingsVersion', p.settings_version, 'hiddenAt', ${milliseconds('p.hidden_at')},
    'hiddenReason', p.hidden_reason, 'deletedAt', ${milliseconds('p.deleted_at')},
    'createdAt', ${milliseconds('p.created_at')}, 'updatedAt', ${milliseconds('p.updated_at')},
    'stored', (select json_agg(json_build_object('name', f.name, 'language', f.language, 'bytes', f.bytes,
        'lines', f.lines, 'sha256', encode(f.sha256, 'hex'), 'key', f.blob_key) order by f.position)
      from revisions r join files f on f.revision_id = r.id
      where r.paste_id = p.id and r.number = p.revision))::text as json`;

const SOURCE = 'from pastes p left join users u on u.id = p.owner_id';

export const SELECT_PASTE = `select ${COLUMNS} ${SOURCE}`;

export const SELECT_LISTED = `
  select ${COLUMNS}, case when p.encryption is null and p.burn_after is null then (
      select f.preview from revisions r join files f on f.revision_id = r.id
      where r.paste_id = p.id and r.number = p.revision and f.position = 1) end as preview
  ${SOURCE}`;

/** `isAlive` of policy.ts in SQL; `$1` is now. A test holds the two together. */
export const ALIVE = `p.deleted_at is null
    and (p.expires_at is null or p.expires_at > $1)
    and (p.burn_after is null or p.reads < p.burn_after)`;

/**
 * The living paste with this slug, or null; a chosen slug is found in any case. Whether a viewer may see it is
 * for `policy.ts` to say.
 */
export async function findPaste(slug: string, now: Date): Promise<PasteRecord | null> {
  const slugs = slugsMeantBy(slug);
  return slugs.length === 0 ? null : pickRecord(slugs, await selectBySlugs(slugs, now));
}

/**
 * The living pastes among these slugs, by slug, in one statement. The array comes from a subquery, so that the
 * plan does not depend on its length and each connection plans once.
 */
export async function selectBySlugs(slugs: readonly string[], now: Date): Promise<Map<string, PasteRow>> {
  const text = `${SELECT_PASTE} where p.slug = any(array(select unnest($2::text[]))) and ${ALIVE}`;
  const { rows } = await pool().query<PasteRow>(named('find-pastes', text, [now, slugs]));
  return new Map(rows.map((row) => [row.slug, row]));
}

/** A new record of the first of these slugs that has a row, or null. */
export function pickRecord(
  slugs: readonly string[],
  rows: ReadonlyMap<string, PasteRow>,
): PasteRecord | null {
  for (const slug of slugs) {
    const row = rows.get(slug);
    if (row) return toRecord(row);
  }
  return null;
}

/** As `findPaste`, by the id of its row. */
export async function findPasteById(id: string, now: Date): Promise<PasteRecord | null> {
  const text = `${SELECT_PASTE} where p.id = $2 and ${ALIVE}`;
  const { rows } = await pool().query<PasteRow>(named('find-paste-by-id', text, [now, id]));
  return rows[0] ? toRecord(rows[0]) : null;
}

/** Those of the pastes that are there, by id. */
export async function findPastesByIds(ids: readonly string[], now: Date): Promise<Map<string, PasteRecord>> {
  const text = `${SELECT_PASTE} where p.id = any($2::uuid[]) and ${ALIVE}`;
  const { rows } = await pool().query<PasteRow>(text, [now, ids]);
  return new Map(rows.map(toRecord).map((paste) => [paste.id, paste]));
}

/** The lock of a secret paste; null if it needs no password. */
export async function findLock(id: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const text = 'select lock from pastes where id = $1';
  const { rows } = await pool().query<{ lock: Uint8Array<ArrayBuffer> | null }>(
    named('find-lock', text, [id]),
  );
  return rows[0]?.lock ?? null;
}

/** A record of its own at every call. */
export function toRecord({ json }: PasteRow): PasteRecord {
  const paste = JSON.parse(json) as PasteJson;
  const stored = paste.stored ?? [];
  const isSecret = paste.encryption !== null;
  return {
    ...paste,
    expiresAt: toDate(paste.expiresAt),
    isSecret,
    proofHash: toBytes(paste.proofHash),
    editKeyHash: toBytes(paste.editKeyHash),
    hiddenAt: toDate(paste.hiddenAt),
    deletedAt: toDate(paste.deletedAt),
    createdAt: new Date(paste.createdAt),
    updatedAt: new Date(paste.updatedAt),
    stored,
    files: isSecret ? [] : stored,
  };
}

export function toListed(row: ListedRow): ListedPaste {
  return { ...toRecord(row), preview: row.preview };
}

function toBytes(hex: string | null): Buffer | null {
  return hex === null ? null : Buffer.from(hex, 'hex');
}

function toDate(milliseconds: number | null): Date | null {
  return milliseconds === null ? null : new Date(milliseconds);
}
