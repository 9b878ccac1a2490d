import type { z } from 'zod';
import { AppError } from '@/lib/core/errors';

const SEARCH_MAX = 200;

type Value = string | string[] | undefined;

/** The parameters of a page's address. */
export type Query = Record<string, Value>;

export function firstOf(value: Value): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

/** What was typed into a search field, as text that the database can store. */
export function readSearch(value: Value): string {
  return firstOf(value)?.replaceAll('\0', '').slice(0, SEARCH_MAX).toWellFormed().trim() ?? '';
}

/** Validates the parameters of a list; empty ones count for nothing. @throws AppError not_found */
export function parseListQuery<S extends z.ZodType>(schema: S, query: Query): z.output<S> {
  const given = Object.entries(query).map(([name, value]) => [name, firstOf(value) || undefined]);
  const parsed = schema.safeParse(Object.fromEntries(given));
  if (!parsed.success) throw new AppError('not_found');
  return parsed.data;
}

/** The path with the parameters that are not empty. */
export function hrefWith(path: string, parameters: Record<string, string | undefined>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value) query.set(name, value);
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}
