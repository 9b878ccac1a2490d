import 'server-only';
import type { Caller } from '../core/caller';
import { pool } from '../core/db';
import { decideRead } from '../pastes/policy';
import { ALIVE, type PasteRecord, type PasteRow, SELECT_PASTE, toRecord } from '../pastes/queries';
import type { CaseDetailDto } from './schema';

const MAX_SIMILAR = 20;
/** How many of the newest files are compared: an index on their hashes would make each create slower. */
const FILE_WINDOW = 20_000;

/**
 * Other pastes with one of the texts, among the newest files, and of the same owner, the newest first; only those that
 * the caller may see anyway.
 */
export async function findSimilar(
  paste: PasteRecord,
  caller: Caller,
  now: Date,
): Promise<CaseDetailDto['similar']> {
  const hashes = paste.files.map(({ sha256 }) => sha256);
  const { rows } = await pool().query<PasteRow>(
    `with same_text as (
       select distinct r.paste_id as id from (
         select revision_id, sha256 from files order by id desc limit ${FILE_WINDOW}) f
       join revisions r on r.id = f.revision_id
       where f.sha256 = any($3::bytea[]) and r.paste_id <> $2 limit ${MAX_SIMILAR}
     ), same_owner as (
       select p.id from pastes p
       where p.owner_id = $4 and p.deleted_at is null and p.id <> $2
       order by p.created_at desc, p.id desc limit ${MAX_SIMILAR}
     )
     ${SELECT_PASTE} where p.id in (select id from same_text union select id from same_owner) and ${ALIVE}
     order by (p.id in (select id from same_text)) desc, p.created_at desc limit ${MAX_SIMILAR}`,
    [now, paste.id, hashes.map((hash) => Buffer.from(hash, 'hex')), paste.ownerId],
  );
  return rows
    .map(toRecord)
    .filter((one) => decideRead(caller, one, { surface: 'metadata', now }) !== 'absent')
    .map((one) => ({
      slug: one.slug,
      owner: one.owner,
      created_at: one.createdAt.toISOString(),
      same: one.files.some(({ sha256 }) => hashes.includes(sha256)) ? 'text' : 'author',
    }));
}
