import 'server-only';
import { combinedStatement } from '../core/combined-statement';
import { named, pool } from '../core/db';
import type { NamedRequest } from '../core/idempotency';
import { pg } from '../core/postgres-driver';
import { newUuid } from '../core/uuid';
import type { Visibility } from '../generated/prisma/enums';
import { feedLanguages } from './feed-languages';
import type { NewFile } from './new-files';
import { pasteHaystack } from './search-text';

export interface NewPaste {
  id: string;
  slug: string;
  ownerId: string | null;
  title: string;
  visibility: Visibility;
  expiresAt: Date | null;
  burnAfter: number | null;
  editKeyHash: Uint8Array | null;
  createdAt: Date;
  /** Null for plain text. */
  secret: NewSecret | null;
}

/** What is stored of a secret paste besides its ciphertext. */
export interface NewSecret {
  format: 'age-v1';
  proofHash: Uint8Array;
  lock: Uint8Array | null;
}

interface InsertOptions {
  files: readonly NewFile[];
  /** Whether the slug is reserved for the owner forever. */
  isChosen: boolean;
  /** The key of a retry, with the encrypted edit key. */
  once: (NamedRequest & { sealed: string }) | null;
}

type Outcome = 'inserted' | 'taken' | 'blocked';

/** The rows of a paste as the statement takes them. */
interface PasteRows {
  id: string;
  /** For `ITEM`. */
  item: object;
  /** For `TEXT`. */
  texts: readonly object[];
}

interface OutcomeRow {
  id: string;
  is_inserted: boolean;
  is_blocked: boolean;
}

const ITEM = `(id uuid, slug text, owner_id uuid, title text, visibility "Visibility", expires_at timestamptz,
  edit_key_hash bytea, created_at timestamptz, haystack text, burn_after int, encryption jsonb, proof_hash bytea,
  lock bytea, is_chosen boolean, once_scope bytea, once_request bytea, once_sealed text, revision_id uuid,
  languages jsonb)`;

const TEXT = `(id uuid, paste_id uuid, revision_id uuid, position int, name text, language text, bytes int, lines int,
  sha256 bytea, blob_key text, preview text)`;

/**
 * All rows of pastes in one statement, and thus in one commit. Nothing is inserted of a paste whose chosen slug has no
 * row in `taken`, or that has one in `blocked`. The upsert of a slug waits for another transaction that takes the same
 * one. The arrays are JSON, so that the plan does not depend on their lengths and each connection plans once.
 */
const INSERT_PASTES = `
  with item as (
    select * from jsonb_to_recordset($1::jsonb) as item${ITEM}
  ), text as (
    select * from jsonb_to_recordset($2::jsonb) as text${TEXT}
  ), blocked as (
    select text.paste_id from text join blocked_hashes using (sha256)
  ), allowed as (
    select * from item where not exists (select from blocked where blocked.paste_id = item.id)
  ), taken as (
    insert into chosen_slugs (slug, owner_id) select slug, owner_id from allowed where is_chosen
    on conflict (slug) do update set owner_id = excluded.owner_id
      where chosen_slugs.owner_id = excluded.owner_id
    returning slug
  ), paste as (
    insert into pastes (id, slug, owner_id, title, visibility, expires_at, edit_key_hash, created_at, updated_at,
      haystack, burn_after, encryption, proof_hash, lock)
    select id, slug, owner_id, title, visibility, expires_at, edit_key_hash, created_at, created_at,
      haystack, burn_after, encryption, proof_hash, lock
    from allowed where not is_chosen or exists (select from taken where taken.slug = allowed.slug)
    returning id, created_at
  ), once as (
    insert into idempotent_creates (scope, request, paste_id, sealed, created_at)
    select item.once_scope, item.once_request, paste.id, item.once_sealed, paste.created_at
    from paste join item using (id) where item.once_scope is not null
  ), revision as (
    insert into revisions (id, paste_id, number, created_at)
    select item.revision_id, paste.id, 1, paste.created_at from paste join item using (id)
    returning id
  ), file as (
    insert into files (id, revision_id, position, name, language, bytes, lines, sha256, blob_key, preview)
    select text.id, revision.id, text.position, text.name, text.language, text.bytes, text.lines, text.sha256,
      text.blob_key, text.preview
    from revision join text on text.revision_id = revision.id
  ), language as (
    insert into feed_languages (paste_id, language, created_at)
    select paste.id, language, paste.created_at
    from paste join item using (id), jsonb_array_elements_text(item.languages) as language
  )
  select item.id, exists (select from paste where paste.id = item.id) as is_inserted,
    exists (select from blocked where blocked.paste_id = item.id) as is_blocked
  from item`;

const insertTogether = combinedStatement('paste-inserts', insertEach, { maxRunning: 1, maxItems: 50 });

/**
 * Inserts a paste with its first revision, reserves a chosen slug, and stores the key of a retry: all or nothing.
 * Pastes of guests with neither share a statement with those of concurrent requests: none of their rows can be locked
 * by another transaction, as an account that is being deleted is, so that they do not wait for what one of them does.
 * @returns `taken` if the chosen slug belongs to another user, `blocked` if the text of a file may not be saved
 * @throws a unique conflict (`isUniqueConflict`) when the slug or the key of a retry is in use
 */
export async function insertPaste(paste: NewPaste, options: InsertOptions): Promise<Outcome> {
  const rows = toRows(paste, options);
  if (paste.ownerId !== null || options.once !== null) return outcomeOf(rows, await insertAll([rows]));
  const result = (await insertTogether(rows)).get(rows.id);
  if (result?.status === 'fulfilled') return result.value;
  throw result?.reason ?? new Error('The statement gave no outcome');
}

/**
 * One statement for all; or, if it fails because of what one of them has, one for each, at the same time: one after the
 * other, they could keep the next ones waiting for longer than a statement may take.
 */
async function insertEach(all: readonly PasteRows[]): Promise<Map<string, PromiseSettledResult<Outcome>>> {
  try {
    const found = await insertAll(all);
    return new Map(all.map((rows) => [rows.id, { status: 'fulfilled', value: outcomeOf(rows, found) }]));
  } catch (error) {
    if (all.length === 1 || !isUndone(error)) throw error;
  }
  const single = all.map(async (rows) => outcomeOf(rows, await insertAll([rows])));
  const results = await Promise.allSettled(single);
  return new Map(all.map(({ id }, index) => [id, results[index] as PromiseSettledResult<Outcome>]));
}

/** Whether Postgres undid the statement because of its rows or of a concurrent one, so that it can be repeated. */
function isUndone(error: unknown): boolean {
  return error instanceof pg.DatabaseError && /^(?:22|23|40)/.test(error.code ?? '');
}

async function insertAll(all: readonly PasteRows[]): Promise<readonly OutcomeRow[]> {
  const items = JSON.stringify(all.map(({ item }) => item));
  const texts = JSON.stringify(all.flatMap(({ texts }) => texts));
  const { rows } = await pool().query<OutcomeRow>(named('insert-pastes', INSERT_PASTES, [items, texts]));
  return rows;
}

function outcomeOf({ id }: PasteRows, rows: readonly OutcomeRow[]): Outcome {
  const row = rows.find((one) => one.id === id);
  if (row?.is_blocked) return 'blocked';
  return row?.is_inserted ? 'inserted' : 'taken';
}

function toRows(paste: NewPaste, { files, isChosen, once }: InsertOptions): PasteRows {
  const { id, secret } = paste;
  const texts = secret === null ? files : [];
  const revisionId = newUuid();
  return {
    id,
    item: {
      id,
      slug: paste.slug,
      owner_id: paste.ownerId,
      title: paste.title,
      visibility: paste.visibility,
      expires_at: paste.expiresAt,
      edit_key_hash: hex(paste.editKeyHash),
      created_at: paste.createdAt,
      haystack: pasteHaystack(paste.title, texts),
      burn_after: paste.burnAfter,
      encryption: secret && { format: secret.format },
      proof_hash: hex(secret?.proofHash),
      lock: hex(secret?.lock),
      is_chosen: isChosen,
      once_scope: hex(once?.scope),
      once_request: hex(once?.request),
      once_sealed: once?.sealed,
      revision_id: revisionId,
      languages: feedLanguages(paste.visibility, texts),
    },
    texts: files.map((file, index) => ({
      id: newUuid(),
      paste_id: id,
      revision_id: revisionId,
      position: index + 1,
      name: file.name,
      language: file.language,
      bytes: file.body.length,
      lines: file.lines,
      sha256: hex(file.sha256),
      blob_key: file.blobKey,
      // The text of a paste that burns is nowhere but in its body.
      preview: index === 0 && paste.burnAfter === null ? file.preview : null,
    })),
  };
}

/** As Postgres reads bytes. */
function hex(bytes: Uint8Array | null | undefined): string | null {
  return bytes ? `\\x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex')}` : null;
}
