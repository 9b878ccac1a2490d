import 'server-only';
import type pg from 'pg';
import type { Body } from './copy-bodies';
import type { Manifest } from './format';
import type { LeftOut } from './selection';

type Described = Omit<Manifest['left_out'], 'burning'>;

/** What a backup cannot contain without these bodies: of an earlier revision, only that revision. */
export function leaveOut(missing: readonly Body[]): LeftOut {
  const idsOf = (bodies: readonly Body[], id: 'paste' | 'revision') => [
    ...new Set(bodies.flatMap((body) => body[id] ?? [])),
  ];
  const pastes = idsOf(
    missing.filter((body) => body.is_current),
    'paste',
  );
  const others = missing.filter(({ paste }) => paste !== null && !pastes.includes(paste));
  const avatars = missing.filter(({ paste }) => paste === null).map(({ key }) => key);
  return { pastes, revisions: idsOf(others, 'revision'), avatars };
}

/**
 * Names what was left out, and tells what was deleted during the backup from what the store lost: rows still name that.
 * Ends the snapshot, which is the transaction of the client.
 */
export async function describeLeftOut(client: pg.ClientBase, missing: readonly Body[]): Promise<Described> {
  const keys = missing.map(({ key }) => key);
  const { pastes } = leaveOut(missing);
  const { rows: files } = await client.query<{ key: string; name: string }>(
    `SELECT blob_key AS key, CASE WHEN pastes.id = ANY ($2::uuid[]) THEN slug ELSE slug || '@' || number END AS name
     FROM files JOIN revisions ON revisions.id = revision_id JOIN pastes ON pastes.id = paste_id
     WHERE blob_key = ANY ($1::text[]) ORDER BY slug, number`,
    [keys, pastes],
  );
  const { rows: users } = await client.query<{ key: string; name: string }>(
    'SELECT image AS key, username AS name FROM users WHERE image = ANY ($1::text[]) ORDER BY username',
    [keys],
  );
  await client.query('COMMIT');
  const { rows: named } = await client.query<{ key: string }>(
    `SELECT blob_key AS key FROM files JOIN revisions ON revisions.id = revision_id
       JOIN pastes ON pastes.id = paste_id WHERE blob_key = ANY ($1::text[]) AND deleted_at IS NULL
     UNION ALL SELECT image FROM users WHERE image = ANY ($1::text[])`,
    [keys],
  );
  const isNamed = new Set(named.map(({ key }) => key));
  const lost = unique(files.filter(({ key }) => isNamed.has(key)));
  return {
    damaged: lost,
    deleted: unique(files).filter((name) => !lost.includes(name)),
    avatars: users.filter(({ key }) => isNamed.has(key)).map(({ name }) => name),
    changed_avatars: users.filter(({ key }) => !isNamed.has(key)).map(({ name }) => name),
  };
}

function unique(rows: readonly { name: string }[]): string[] {
  return [...new Set(rows.map(({ name }) => name))];
}
