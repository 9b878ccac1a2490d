import 'server-only';
import type pg from 'pg';
import type { BlobStore } from '../storage/store';
import type { ArchiveWriter } from './archive-writer';
import { sha256 } from './checksums';
import { bodyName } from './format';
import { patiently } from './patiently';
import type { Selection } from './selection';
import { readThroughCursor } from './snapshot-rows';

const AT_ONCE = 8;

export interface Body {
  key: string;
  /** In hexadecimal; null for an avatar, of which the database has none. */
  sha256: string | null;
  /** Id of the paste; null for an avatar. */
  paste: string | null;
  /** Id of the revision; null for an avatar. */
  revision: string | null;
  /** Of the paste. */
  is_current: boolean;
}

/**
 * Copies the bodies that the snapshot names into the archive.
 * @returns also those that are missing or damaged in the store
 */
export async function copyBodies(
  client: pg.ClientBase,
  options: { selection: Selection; store: BlobStore; archive: ArchiveWriter },
): Promise<{ count: number; bytes: number; missing: Body[] }> {
  const { selection, store, archive } = options;
  const missing: Body[] = [];
  let [count, bytes] = [0, 0];
  for await (const bodies of readThroughCursor<Body>(client, {
    sql: selectBodies(selection),
    count: AT_ONCE,
  })) {
    const stored = await Promise.all(bodies.map(({ key }) => patiently(() => store.get(key))));
    for (const [index, body] of bodies.entries()) {
      const data = stored[index] ?? null;
      if (data === null || (body.sha256 !== null && sha256(data) !== body.sha256)) {
        missing.push(body);
        continue;
      }
      await archive.add(bodyName(body.key), data);
      count += 1;
      bytes += data.length;
    }
  }
  return { count, bytes, missing };
}

function selectBodies(selection: Selection): string {
  return `SELECT t0.blob_key AS key, encode(t0.sha256, 'hex') AS sha256, pastes.id AS paste, revisions.id AS revision,
      revisions.number = pastes.revision AS is_current
    FROM files AS t0 JOIN revisions ON revisions.id = t0.revision_id JOIN pastes ON pastes.id = revisions.paste_id
    WHERE ${selection.conditionOn('files')}
    UNION ALL SELECT image, NULL, NULL, NULL, false FROM users WHERE image IS NOT NULL`;
}
