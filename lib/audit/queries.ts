import 'server-only';
import { pool } from '../core/db';
import { cutPage, type Page } from '../core/pagination';
import type { AuditEntryDto, ListAudit } from './schema';

type AuditRow = Omit<AuditEntryDto, 'at'> & { at: Date };

/**
 * Adds the names of users to a page of entries: two look-ups by key for each.
 * @param order by id, which is made in the order of time, by Prisma also within a millisecond
 */
const withNames = (page: string, order: 'asc' | 'desc') => `
  with page as materialized (${page})
  select a.id, a.at, a.actor_id, u.username as actor, a.action, a.target_kind, a.target, t.username as target_name,
    a.details
  from page a left join users u on u.id = a.actor_id
    left join users t on t.id = case when a.target_kind = 'user' then a.target::uuid end
  order by a.id ${order}`;

/** The audit log, newest first. The caller checks permission. */
export async function listAudit(filter: ListAudit): Promise<Page<AuditEntryDto>> {
  const { action = null, cursor = null, limit } = filter;
  const { rows } = await pool().query<AuditRow>(
    withNames(
      `select * from audit_entries where ($1::text is null or action = $1) and ($2::uuid is null or id < $2)
       order by id desc limit $3`,
      'desc',
    ),
    [action, cursor, limit + 1],
  );
  const { items, last } = cutPage(rows, limit);
  return { items: items.map(toDto), nextCursor: last?.id ?? null };
}

/** A batch of the audit log, oldest first. @param after the id of the last entry of the batch before */
export async function readAuditBatch(after: string | null, limit: number): Promise<AuditEntryDto[]> {
  const { rows } = await pool().query<AuditRow>(
    withNames('select * from audit_entries where $1::uuid is null or id > $1 order by id limit $2', 'asc'),
    [after, limit],
  );
  return rows.map(toDto);
}

function toDto(row: AuditRow): AuditEntryDto {
  return { ...row, at: row.at.toISOString() };
}
