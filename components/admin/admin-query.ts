import { firstOf, hrefWith, parseListQuery, type Query, readSearch } from '@/components/page/query';
import { usernameSchema } from '@/lib/accounts/users/schema';
import { type ListUsers, listUsersSchema } from '@/lib/admin/schema';

const DONE = ['role', 'banned', 'unbanned', 'ended'] as const;
const QUEUE_DONE = ['decided', 'hidden'] as const;

/** The query of the list of users; empty fields are ignored. @throws AppError not_found */
export function readAdminQuery({ q, role, cursor }: Query): ListUsers {
  return parseListQuery(listUsersSchema, { q: readSearch(q), role, cursor });
}

export function adminHref({ q, role, cursor }: Partial<ListUsers>): string {
  return hrefWith('/admin', { q, role, cursor });
}

/** The last action and its user: `banned.ada`. */
export function readAdminDone(value: Query[string]) {
  return readDone(value, DONE);
}

/** The last action, one of the words, and the user whom it was about. */
export function readDone<Word extends string>(
  value: Query[string],
  words: readonly Word[],
): { done: Word; username: string } | null {
  const [word, name] = firstOf(value)?.split('.') ?? [];
  const done = words.find((one) => one === word);
  const username = usernameSchema.safeParse(name);
  return done && username.success ? { done, username: username.data } : null;
}

/** What was done last in the queue of reports: `decided`, or `hidden.3`. */
export function readQueueDone(
  value: Query[string],
): { done: (typeof QUEUE_DONE)[number]; count: number } | null {
  const [word, count = '0'] = firstOf(value)?.split('.') ?? [];
  const done = QUEUE_DONE.find((one) => one === word);
  return done && /^\d{1,3}$/.test(count) ? { done, count: Number(count) } : null;
}
