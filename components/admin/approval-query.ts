import { firstOf, parseListQuery, type Query } from '@/components/page/query';
import { usernameSchema } from '@/lib/accounts/users/schema';
import { type ListApprovals, listApprovalsSchema } from '@/lib/reports/approval-schema';

const DONE = ['approved', 'declined'] as const;

/** The query of the members who wait; empty fields are ignored. @throws AppError not_found */
export function readApprovalQuery({ cursor }: Query): ListApprovals {
  return parseListQuery(listApprovalsSchema, { cursor });
}

/** The last decision and its member: `approved.ada`. */
export function readApprovalDone(
  value: Query[string],
): { done: (typeof DONE)[number]; username: string } | null {
  const [word, name] = firstOf(value)?.split('.') ?? [];
  const done = DONE.find((one) => one === word);
  const username = usernameSchema.safeParse(name);
  return done && username.success ? { done, username: username.data } : null;
}
