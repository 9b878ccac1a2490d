import { usernameSchema } from '@/lib/accounts/users/schema';
import { type ListUsers, listUsersSchema } from '@/lib/admin/schema';
import { AppError } from '@/lib/core/errors';

const SEARCH_MAX = 200;
const DONE = ['role', 'banned', 'unbanned', 'ended'] as const;

type Query = Record<string, string | string[] | undefined>;

/** The query of the list of users; empty fields are ignored. @throws AppError not_found */
export function readAdminQuery({ q, role, cursor }: Query): ListUsers {
  const search = first(q)?.replaceAll('\0', '').slice(0, SEARCH_MAX).toWellFormed().trim();
  const parsed = listUsersSchema.safeParse({
    q: search || undefined,
    role: first(role) || undefined,
    cursor: first(cursor) || undefined,
  });
  if (!parsed.success) throw new AppError('not_found');
  return parsed.data;
}

export function adminHref({ q, role, cursor }: Partial<ListUsers>): string {
  const query = new URLSearchParams();
  if (q) query.set('q', q);
  if (role) query.set('role', role);
  if (cursor) query.set('cursor', cursor);
  const text = query.toString();
  return text === '' ? '/admin' : `/admin?${text}`;
}

/** The last action and its user: `banned.ada`. */
export function readAdminDone(
  value: string | string[] | undefined,
): { done: (typeof DONE)[number]; username: string } | null {
  const [word, name] = first(value)?.split('.') ?? [];
  const done = DONE.find((one) => one === word);
  const username = usernameSchema.safeParse(name);
  return done && username.success ? { done, username: username.data } : null;
}

function first(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
