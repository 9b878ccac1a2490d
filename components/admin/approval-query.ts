import { parseListQuery, type Query } from '@/components/page/query';
import { type ListApprovals, listApprovalsSchema } from '@/lib/reports/approval-schema';
import { readDone } from './admin-query';

const DONE = ['approved', 'declined'] as const;

/** The query of the members who wait; empty fields are ignored. @throws AppError not_found */
export function readApprovalQuery({ cursor }: Query): ListApprovals {
  return parseListQuery(listApprovalsSchema, { cursor });
}

/** The last decision and its member: `approved.ada`. */
export function readApprovalDone(value: Query[string]) {
  return readDone(value, DONE);
}
