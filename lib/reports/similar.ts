import 'server-only';
import { pool } from '../core/db';
import { ALIVE, type PasteRecord } from '../pastes/queries';
import type { CaseDetailDto } from './schema';

const MAX_SIMILAR = 20;
/** How many of the newest files are compared: an index on their hashes would make each create slower. */
const FILE_WINDOW = 20_000;

interface SimilarRow {
  slug: string;
  owner: string | null;
  created_at: Date;
  same: 'text' | 'author';
}

/** Other pastes with one of the texts, among the newest files, and of the same owner, the newest first. */
export async function findSimilar(paste: PasteRecord, now: Date): Promise<CaseDetailDto['similar']> {
  const { rows } = await pool().query<SimilarRow>(
    `with same_text as (
       select distinct r.paste_id from (
         select revision_id, sha256 from files order by id desc limit ${FILE_WINDOW}) f
       join revisions r on r.id = f.revision_id
       where f.sha256 = any($3::bytea[]) and r.paste_id <> $2 limit ${MAX_SIMILAR}
     ), same_author as (
       select id as paste_id from pastes p
       where p.owner_id = $4 and p.deleted_at is null and p.id <> $2
       order by p.created_at desc, p.id desc limit ${MAX_SIMILAR}
     )
     select p.slug, u.username as owner, p.created_at,
       case when p.id in (select paste_id from same_text) then 'text' else 'author' end as same
     from pastes p left join users u on u.id = p.owner_id
     where p.id in (select paste_id from same_text union select paste_id from same_author) and ${ALIVE}
     order by same desc, p.created_at desc limit ${MAX_SIMILAR}`,
    [now, paste.id, paste.files.map(({ sha256 }) => Buffer.from(sha256, 'hex')), paste.ownerId],
  );
  return rows.map((row) => ({ ...row, created_at: row.created_at.toISOString() }));
}
