import 'server-only';
import { pool, prisma } from '../core/db';
import { nameKey } from './match-contacts';
import { CONTACT_SELECT, type ContactRecord } from './queries';

/** Bounds the time of the comparison; contacts added later are left out. */
const MAX_COMPARED = 20_000;

/** Contacts whose names differ in case, word order and diacritics only. */
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

export async function findDuplicates(ownerId: string, { limit }: { limit: number }): Promise<Duplicates> {
  const { rows } = await pool().query<{ id: string; name: string }>(
    'select id, sort_name as name from contacts where owner_id = $1 order by id limit $2',
    [ownerId, MAX_COMPARED],
  );
  const all = groupByName(rows);
  const shown = all.slice(0, limit);
  const contacts = await prisma().contact.findMany({
    where: { ownerId, id: { in: shown.flat() } },
    select: CONTACT_SELECT,
  });
  const byId = new Map(contacts.map((contact) => [contact.id, contact]));
  const groups = shown.map((ids) => ({ ids, contacts: ids.flatMap((id) => byId.get(id) ?? []) }));
  // A contact may have been deleted between the two queries.
  return { groups: groups.filter(({ contacts: found }) => found.length > 1), total: all.length };
}

/** The ids of contacts with equal names, in groups sorted by name. */
export function groupByName(named: readonly { id: string; name: string }[]): string[][] {
  const groups = new Map<string, string[]>();
  for (const { id, name } of named) {
    const key = nameKey(name);
    const group = groups.get(key);
    if (group) group.push(id);
    else groups.set(key, [id]);
  }
  return [...groups]
    .filter(([, ids]) => ids.length > 1)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, ids]) => ids);
}
