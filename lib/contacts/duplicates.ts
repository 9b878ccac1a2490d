import 'server-only';
import { pool } from '../core/db';
import { prisma } from '../core/prisma';
import { runInSlices } from '../core/time-slicing';
import { CONTACT_SELECT, type ContactRecord } from './queries';
import { MAX_IN_GROUP } from './schema';
import { groupSimilarNames } from './similar-names';

/** Bounds the time of the comparison; contacts added later are left out. */
const MAX_COMPARED = 20_000;

/** Contacts that may be one person, by their names. */
export interface DuplicateGroup {
  ids: string[];
  contacts: ContactRecord[];
}

export interface Duplicates {
  /** The first groups by name. */
  groups: DuplicateGroup[];
  /** How many groups there are in total. */
  total: number;
}

/** Groups of possible duplicates, without those that the owner has dismissed. */
export async function findDuplicates(ownerId: string, { limit }: { limit: number }): Promise<Duplicates> {
  const { rows } = await pool().query<{ id: string; name: string; isDistinct: boolean }>(
    `select id, sort_name as name, distinct_as is not distinct from sort_name as "isDistinct"
    from contacts where owner_id = $1 order by id limit $2`,
    [ownerId, MAX_COMPARED],
  );
  const similar = await runInSlices(groupSimilarNames(rows));
  const all = similar.filter((group) => group.some(({ isDistinct }) => !isDistinct));
  const shown = all.slice(0, limit).map((group) => {
    const newFirst = group.toSorted((one, other) => Number(one.isDistinct) - Number(other.isDistinct));
    return newFirst.slice(0, MAX_IN_GROUP).map(({ id }) => id);
  });
  const contacts = await prisma().contact.findMany({
    where: { ownerId, id: { in: shown.flat() } },
    select: CONTACT_SELECT,
  });
  const byId = new Map(contacts.map((contact) => [contact.id, contact]));
  const groups = shown.map((ids) => ({ ids, contacts: ids.flatMap((id) => byId.get(id) ?? []) }));
  // A contact may have been deleted between the two queries.
  return { groups: groups.filter(({ contacts: found }) => found.length > 1), total: all.length };
}

/** Stores that these contacts are different people, as long as they keep their names. */
export async function dismissDuplicates(ownerId: string, ids: readonly string[]): Promise<void> {
  await pool().query(
    'update contacts set distinct_as = sort_name where owner_id = $1 and id = any($2::uuid[])',
    [ownerId, ids],
  );
}
