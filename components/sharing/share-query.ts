import { firstOf, type Query, readSearch } from '@/components/page/query';
import type { ListContacts } from '@/lib/contacts/schema';
import { isUuid } from '@/lib/core/uuid';

const MAX_CHOSEN = 50;

const COUNT = /^[1-9]\d{0,2}$/;

/** The search among the contacts, and the ids of those chosen before it. */
export interface ContactChoiceQuery {
  search: NonNullable<ListContacts['search']>;
  chosen: string[];
}

export function readContactChoiceQuery({ q, with: chosen }: Query): ContactChoiceQuery {
  const ids = [chosen ?? []].flat().filter((id) => isUuid(id));
  return { search: readSearch(q), chosen: [...new Set(ids)].slice(0, MAX_CHOSEN) };
}

export type ShareDone =
  | { name: 'mailed' | 'shared'; count: number }
  | { name: 'changed' | 'revoked' | 'again' };

/** The result of the action that led back to the page; null if there was none. */
export function readShareDone(query: Query): ShareDone | null {
  for (const name of ['mailed', 'shared'] as const) {
    const count = firstOf(query[name]) ?? '';
    if (COUNT.test(count)) return { name, count: Number(count) };
  }
  for (const name of ['changed', 'revoked', 'again'] as const) if (query[name] !== undefined) return { name };
  return null;
}
