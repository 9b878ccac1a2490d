import type { ListContacts } from '@/lib/contacts/schema';
import { isUuid } from '@/lib/core/uuid';

const SEARCH_MAX = 200;
const MAX_CHOSEN = 50;

const COUNT = /^[1-9]\d{0,2}$/;

type Query = Record<string, string | string[] | undefined>;

/** The search among the contacts, and the ids of those chosen before it. */
export interface ContactChoiceQuery {
  search: NonNullable<ListContacts['search']>;
  chosen: string[];
}

export function readContactChoiceQuery({ q, with: chosen }: Query): ContactChoiceQuery {
  const search = first(q)?.replaceAll('\0', '').slice(0, SEARCH_MAX).toWellFormed().trim() ?? '';
  const ids = [chosen ?? []].flat().filter((id) => isUuid(id));
  return { search, chosen: [...new Set(ids)].slice(0, MAX_CHOSEN) };
}

export type ShareDone =
  | { name: 'mailed' | 'shared'; count: number }
  | { name: 'changed' | 'revoked' | 'again' };

/** The result of the action that led back to the page; null if there was none. */
export function readShareDone(query: Query): ShareDone | null {
  for (const name of ['mailed', 'shared'] as const) {
    const count = first(query[name]) ?? '';
    if (COUNT.test(count)) return { name, count: Number(count) };
  }
  for (const name of ['changed', 'revoked', 'again'] as const) if (query[name] !== undefined) return { name };
  return null;
}

function first(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
