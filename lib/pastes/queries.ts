import 'server-only';
import { named, pool } from '../core/db';
import type { Visibility } from '../generated/prisma/enums';
import type { PasteFacts } from './policy';
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

/** What `SELECT_PASTE` selects; `toRecord` makes a record of it. */
export interface PasteRow {
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

export const SELECT_PASTE = `
  select p.id, p.slug, p.owner_id, u.username as owner, p.title, p.visibility, p.expires_at, p.burn_after,
    p.reads, p.password_hash is not null as has_password, p.encryption, p.edit_key_hash, p.revision,
    p.settings_version, p.hidden_at, p.hidden_reason, p.deleted_at, p.created_at, p.updated_at,
    (select json_agg(json_build_object('name', f.name, 'language', f.language, 'bytes', f.bytes,
        'lines', f.lines, 'sha256', encode(f.sha256, 'hex'), 'key', f.blob_key) order by f.position)
      from revisions r join files f on f.revision_id = r.id
      where r.paste_id = p.id and r.number = p.revision) as files
  from pastes p left join users u on u.id = p.owner_id`;

/** `isAlive` of policy.ts in SQL; `$1` is now. A test holds the two together. */
export const ALIVE = `p.deleted_at is null
    and (p.expires_at is null or p.expires_at > $1)
    and (p.burn_after is null or p.reads < p.burn_after)`;

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
  const text = `${SELECT_PASTE} where p.slug = $2 and ${ALIVE}`;
  const { rows } = await pool().query<PasteRow>(named('find-paste', text, [now, slug]));
  return rows[0] ? toRecord(rows[0]) : null;
}

/** As `findPaste`, by the id of its row. */
export async function findPasteById(id: string, now: Date): Promise<PasteRecord | null> {
  const text = `${SELECT_PASTE} where p.id = $2 and ${ALIVE}`;
  const { rows } = await pool().query<PasteRow>(named('find-paste-by-id', text, [now, id]));
  return rows[0] ? toRecord(rows[0]) : null;
}

export function toRecord(row: PasteRow): PasteRecord {
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
