import 'server-only';
import { now } from '../core/clock';
import type { Prisma } from '../generated/prisma/client';
import type { AuditAction } from './schema';

/** Who acts: a user, or the operator of the instance on its console. */
export type AuditActor = { id: string } | 'console';

interface AuditRecord {
  actor: AuditActor;
  action: AuditAction;
  target:
    | { paste: string }
    | { user: string }
    | { sha256: string }
    | { domain: string }
    | { setting: string };
  /** Such as a reason or a role. No text of a paste, and nothing that names a person. */
  details?: Record<string, string>;
}

/** Adds an entry to the audit log, in the transaction of what it tells of. */
export async function recordAudit(tx: Prisma.TransactionClient, record: AuditRecord): Promise<void> {
  const [targetKind = '', target = ''] = Object.entries(record.target)[0] ?? [];
  await tx.auditEntry.create({
    data: {
      at: now(),
      actorId: record.actor === 'console' ? null : record.actor.id,
      action: record.action,
      targetKind,
      target,
      details: record.details ?? {},
    },
    select: { id: true },
  });
}
