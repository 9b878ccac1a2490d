import pg from 'pg';

/** The owner of a tenth of the pastes. */
export const HEAVY_OWNER = '00000000-0000-7000-8000-000000000001';

const CHUNK = 50_000;
const PASTES_PER_USER = 100;

/**
 * Fills an empty database with `size` pastes, created evenly over the year that ends at `now`: 70 % public, half
 * of them without an owner, one file each; 5 % burn after two reads and have been read once. A title has a word of
 * two fifths of the titles (`report`), of five titles in all (`needle`), or of the oldest fifth (`archived`).
 */
export async function fillPastes(url: string, { size, now }: { size: number; now: Date }): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(USERS, [Math.max(10, Math.floor(size / PASTES_PER_USER))]);
    const [index] = (await client.query<{ definition: string }>(SEARCH_INDEX)).rows;
    if (index === undefined) throw new Error('the search index is missing');
    await client.query('drop index pastes_haystack_idx');
    for (let from = 1; from <= size; from += CHUNK) {
      await client.query(PASTES, [from, Math.min(size, from + CHUNK - 1), size, now, HEAVY_OWNER]);
    }
    // Entry by entry, it would take longer than all the rest.
    await client.query(index.definition);
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
}

const idOf = (group: string, n: string) =>
  `(lpad(to_hex(${n}), 8, '0') || '-0000-7000-${group}-' || lpad(to_hex(${n}), 12, '0'))::uuid`;

const SEARCH_INDEX = `select indexdef as definition from pg_indexes where indexname = 'pastes_haystack_idx'`;

const USERS = `
  insert into users (id, email, username, email_verified)
  select ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'u' || n || '@example.com', 'user' || n, now()
  from generate_series(1, $1::int) n`;

const PASTES = `
  with source as (
    select n, ${idOf('8000', 'n')} as id, ${idOf('8001', 'n')} as revision_id, ${idOf('8002', 'n')} as file_id,
      $4::timestamptz - interval '365 days' * (1 - n::float8 / $3) as created_at,
      (case when n % 20 < 14 then 'public' when n % 20 < 19 then 'unlisted' else 'private' end)::"Visibility"
        as visibility,
      case when n % 10 = 4 then $5::uuid when n % 2 = 0 then null
        else ('00000000-0000-7000-8000-' || lpad(to_hex(2 + (n / 2) % greatest(9, $3::int / 100 - 1)), 12, '0'))::uuid
      end as owner_id,
      case when n % greatest(1, $3::int / 5) = 7 then 'Needle ' when n <= $3::int / 5 then 'Archived '
        when n % 5 < 2 then 'Report ' else 'Notes ' end || md5(n::text) as title,
      'file-' || n || '.ts' as name,
      case when n % greatest(1, $3::int / 10) = 3 then 'cobol' when n % 10 < 5 then 'typescript'
        when n % 10 < 8 then 'python' else 'text' end as language
    from generate_series($1::int, $2::int) n),
  added_pastes as (
    insert into pastes (id, slug, owner_id, title, visibility, expires_at, burn_after, reads,
      created_at, updated_at, haystack)
    select id, 'G' || lpad(n::text, 11, '0'), owner_id, title, visibility,
      case when n % 2 = 0 then $4::timestamptz + interval '1 day' + interval '365 days' * n::float8 / $3 end,
      case when n % 20 = 18 then 2 end, case when n % 20 = 18 then 1 else 0 end, created_at, created_at,
      lower(E'\\n' || title || E'\\n' || name || E'\\n\\t' || language || E'\\n')
    from source),
  added_reveals as (
    insert into reveals (id, paste_id, nonce_hash, number, at)
    select gen_random_uuid(), id, sha256(n::text::bytea), 1, created_at from source where n % 20 = 18),
  added_languages as (
    insert into feed_languages (paste_id, language, created_at)
    select id, language, created_at from source where visibility = 'public'),
  added_revisions as (
    insert into revisions (id, paste_id, number, created_at) select revision_id, id, 1, created_at from source)
  insert into files (id, revision_id, position, name, language, bytes, lines, sha256, blob_key)
  select file_id, revision_id, 1, name, language, 2048, 48, sha256(n::text::bytea), md5(n::text || 'key') from source`;
