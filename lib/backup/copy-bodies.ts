import 'server-only';
import type pg from 'pg';
import type { BlobStore } from '../storage/store';
import type { ArchiveWriter } from './archive-writer';
import { sha256 } from './checksums';
import { bodyName } from './format';
import { patiently } from './patiently';
import type { LeftOut, Selection } from './selection';
import { readThroughCursor } from './snapshot-rows';

const AT_ONCE = 8;

interface Body {
  key: string;
  /** In hexadecimal; null for an avatar, of which the database has none. */
  sha256: string | null;
  /** Of the paste; null for an avatar. */
  paste: string | null;
}

/** Copies the bodies that the snapshot names into the archive. @returns those that the store does not have */
export async function copyBodies(
  client: pg.ClientBase,
  options: { selection: Selection; store: BlobStore; archive: ArchiveWriter },
): Promise<{ count: number; bytes: number; leftOut: LeftOut }> {
  const { selection, store, archive } = options;
  const pastes = new Set<string>();
  const avatars: string[] = [];
  let [count, bytes] = [0, 0];
  for await (const bodies of readThroughCursor<Body>(client, {
    sql: selectBodies(selection),
    count: AT_ONCE,
  })) {
    const stored = await Promise.all(bodies.map(({ key }) => patiently(() => store.get(key))));
    for (const [index, { key, sha256: sum, paste }] of bodies.entries()) {
      const data = stored[index] ?? null;
      if (data === null || (sum !== null && sha256(data) !== sum)) {
        if (paste === null) avatars.push(key);
        else pastes.add(paste);
        continue;
      }
      await archive.add(bodyName(key), data);
      count += 1;
      bytes += data.length;
    }
  }
  return { count, bytes, leftOut: { pastes: [...pastes], avatars } };
}

function selectBodies(selection: Selection): string {
  return `SELECT t0.blob_key AS key, encode(t0.sha256, 'hex') AS sha256, revisions.paste_id AS paste
    FROM files AS t0 JOIN revisions ON revisions.id = t0.revision_id WHERE ${selection.conditionOn('files')}
    UNION ALL SELECT image, NULL, NULL FROM users WHERE image IS NOT NULL`;
}
