import { firstOf, parseListQuery, type Query } from '@/components/page/query';
import { type ListCases, listCasesSchema } from '@/lib/reports/schema';

const DONE = ['decided', 'hidden'] as const;

/** The query of the queue; empty fields are ignored. @throws AppError not_found */
export function readQueueQuery({ sort, cursor }: Query): ListCases {
  return parseListQuery(listCasesSchema, { sort, cursor });
}

/** What was done last: `decided`, or `hidden.3`. */
export function readQueueDone(value: Query[string]): { done: (typeof DONE)[number]; count: number } | null {
  const [word, count = '0'] = firstOf(value)?.split('.') ?? [];
  const done = DONE.find((one) => one === word);
  return done && /^\d{1,3}$/.test(count) ? { done, count: Number(count) } : null;
}
