import 'server-only';
import { pool, prisma } from '../core/db';
import { CONTACT_SELECT, type ContactRecord } from './queries';
import { comparableWords } from './sameness';

/** A book whose names could not be compared while somebody waits; what was added last is left out. */
const MAX_COMPARED = 20_000;

/** Who may be one person: their names are equal but for case, order of words and diacritics. */
export interface Namesakes {
  ids: string[];
  contacts: ContactRecord[];
}

export interface Duplicates {
  /** The first ones, by name. */
  groups: Namesakes[];
  /** How many groups there are. */
  total: number;
}

export async function findDuplicates(ownerId: string, { limit }: { limit: number }): Promise<Duplicates> {
  const { rows } = await pool().query<{ id: string; name: string }>(
    'select id, sort_name as name from contacts where owner_id = $1 order by id limit $2',
    [ownerId, MAX_COMPARED],
  );
  const all = groupNamesakes(rows);
  const shown = all.slice(0, limit);
  const contacts = await prisma().contact.findMany({
    where: { ownerId, id: { in: shown.flat() } },
    select: CONTACT_SELECT,
  });
  const byId = new Map(contacts.map((contact) => [contact.id, contact]));
  const groups = shown.map((ids) => ({ ids, contacts: ids.flatMap((id) => byId.get(id) ?? []) }));
  // One of two may have been deleted since.
  return { groups: groups.filter(({ contacts: found }) => found.length > 1), total: all.length };
}

/** The ids of those of equal names, group by group, ordered by name. */
export function groupNamesakes(people: readonly { id: string; name: string }[]): string[][] {
  const groups = new Map<string, string[]>();
  for (const { id, name } of people) {
    const key = comparableWords(name).join(' ');
    const group = groups.get(key);
    if (group) group.push(id);
    else groups.set(key, [id]);
  }
  return [...groups]
    .filter(([, ids]) => ids.length > 1)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, ids]) => ids);
}
