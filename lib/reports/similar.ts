import 'server-only';
import type { Caller } from '../core/caller';
import { pool } from '../core/db';
import { decideRead } from '../pastes/policy';
import { ALIVE, findPastesByIds, type PasteRecord } from '../pastes/queries';
import type { CaseDetailDto } from './schema';

const MAX_SIMILAR = 20;
/** How many of the newest files are compared: an index on their hashes would make each create slower. */
const FILE_WINDOW = 20_000;

interface SimilarRow {
  id: string;
  same: 'text' | 'author';
}

/** Up to 20 with the same text now, and up to 20 public ones of the same owner; none that burn. */
const FIND_SIMILAR = `
  with same_text as (
    select distinct p.id, p.created_at from (
      select revision_id, sha256 from files order by id desc limit ${FILE_WINDOW}) f
    join revisions r on r.id = f.revision_id
    join pastes p on p.id = r.paste_id and p.revision = r.number
    where f.sha256 = any($3::bytea[]) and p.id <> $2 and p.encryption is null and p.burn_after is null and ${ALIVE}
    order by p.created_at desc, p.id desc limit ${MAX_SIMILAR}
  ), same_owner as (
    select p.id, p.created_at from pastes p
    where p.owner_id = $4 and p.id <> $2 and p.visibility = 'public' and p.burn_after is null and ${ALIVE}
    order by p.created_at desc, p.id desc limit ${MAX_SIMILAR}
  )
  select id, 'text' as same, created_at from same_text
  union all
  select id, 'author', created_at from same_owner where id not in (select id from same_text)
  order by same desc, created_at desc, id desc limit ${MAX_SIMILAR}`;

/**
 * Other pastes with one of the texts, among the newest files, and public ones of the same owner, the newest first; only
 * those that the caller may see anyway. Neither compares pastes that burn.
 */
export async function findSimilar(
  paste: PasteRecord,
  caller: Caller,
  now: Date,
): Promise<CaseDetailDto['similar']> {
  const hashes = paste.burnAfter === null ? paste.files.map(({ sha256 }) => Buffer.from(sha256, 'hex')) : [];
  const { rows: matches } = await pool().query<SimilarRow>(FIND_SIMILAR, [
    now,
    paste.id,
    hashes,
    paste.ownerId,
  ]);
  const ids = matches.map(({ id }) => id);
  const found = await findPastesByIds(ids, now);
  return matches.flatMap(({ id, same }) => {
    const one = found.get(id);
    if (!one || decideRead(caller, one, { surface: 'metadata', now }) === 'absent') return [];
    return [{ slug: one.slug, owner: one.owner, created_at: one.createdAt.toISOString(), same }];
  });
}
