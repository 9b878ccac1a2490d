import 'server-only';
import { named, pool } from '../core/db';
import { newUuid } from '../core/uuid';
import type { Visibility } from '../generated/prisma/enums';
import { feedLanguages } from './feed-languages';
import type { CreateOnce } from './idempotency';
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
  once: (CreateOnce & { sealed: string }) | null;
}

/**
 * All rows of a paste in one statement, and thus in one commit. Without a row in `taken`, or with one in `blocked`,
 * nothing is inserted. The upsert of the slug waits for another transaction that takes the same one.
 */
const INSERT_PASTE = `
  with blocked as (
    select from blocked_hashes where sha256 = any($19::bytea[])
  ), taken as (
    insert into chosen_slugs (slug, owner_id)
    select $2::text, $3::uuid where $9::boolean and not exists (select from blocked)
    on conflict (slug) do update set owner_id = excluded.owner_id
      where chosen_slugs.owner_id = excluded.owner_id
    returning slug
  ), paste as (
    insert into pastes (id, slug, owner_id, title, visibility, expires_at, edit_key_hash, created_at, updated_at,
      haystack, burn_after, encryption, proof_hash, lock)
    select $1::uuid, $2::text, $3::uuid, $4::text, $5::"Visibility", $6::timestamptz, $7::bytea, $8::timestamptz,
      $8::timestamptz, $21::text, $23::int, $24::jsonb, $25::bytea, $26::bytea
    where (not $9::boolean or exists (select from taken)) and not exists (select from blocked)
    returning id, created_at
  ), once as (
    insert into idempotent_creates (scope, request, paste_id, sealed, created_at)
    select $10::bytea, $11::bytea, id, $12::text, created_at from paste where $10::bytea is not null
  ), revision as (
    insert into revisions (id, paste_id, number, created_at) select $13::uuid, id, 1, created_at from paste
    returning id
  ), file as (
    insert into files (id, revision_id, position, name, language, bytes, lines, sha256, blob_key, preview)
    select f.id, revision.id, f.position, f.name, f.language, f.bytes, f.lines, f.sha256, f.blob_key,
      case f.position when 1 then $27::text end
    from revision, unnest($14::uuid[], $15::text[], $16::text[], $17::int[], $18::int[], $19::bytea[], $20::text[])
      with ordinality as f(id, name, language, bytes, lines, sha256, blob_key, position)
  ), language as (
    insert into feed_languages (paste_id, language, created_at)
    select paste.id, language, created_at from paste, unnest($22::text[]) as language
  )
  select exists (select from paste) as is_inserted, exists (select from blocked) as is_blocked`;

/**
 * Inserts a paste with its first revision, reserves a chosen slug, and stores the key of a retry: all or nothing.
 * @returns `taken` if the chosen slug belongs to another user, `blocked` if the text of a file may not be saved
 * @throws a unique conflict (`isUniqueConflict`) when the slug or the key of a retry is in use
 */
export async function insertPaste(
  paste: NewPaste,
  { files, isChosen, once }: InsertOptions,
): Promise<'inserted' | 'taken' | 'blocked'> {
  const { secret } = paste;
  const texts = secret === null ? files : [];
  const { rows } = await pool().query<{ is_inserted: boolean; is_blocked: boolean }>(
    named('insert-paste', INSERT_PASTE, [
      ...[paste.id, paste.slug, paste.ownerId, paste.title, paste.visibility, paste.expiresAt],
      ...[paste.editKeyHash, paste.createdAt, isChosen],
      ...[once?.scope ?? null, once?.request ?? null, once?.sealed ?? null],
      newUuid(),
      files.map(() => newUuid()),
      files.map(({ name }) => name),
      files.map(({ language }) => language),
      files.map(({ body }) => body.length),
      files.map(({ lines }) => lines),
      files.map(({ sha256 }) => sha256),
      files.map(({ blobKey }) => blobKey),
      pasteHaystack(paste.title, texts),
      feedLanguages(paste.visibility, texts),
      paste.burnAfter,
      secret && { format: secret.format },
      ...[secret?.proofHash ?? null, secret?.lock ?? null],
      // The text of a paste that burns is nowhere but in its body.
      paste.burnAfter === null ? (files[0]?.preview ?? null) : null,
    ]),
  );
  if (rows[0]?.is_blocked) return 'blocked';
  return rows[0]?.is_inserted ? 'inserted' : 'taken';
}
