import { z } from 'zod';
import { pageLimit, pageOf } from '../core/page-schema';

export const AUDIT_ACTIONS = [
  'role_changed',
  'user_banned',
  'user_unbanned',
  'sessions_ended',
  'user_erased',
  'user_invited',
  'user_approved',
  'report_opened',
  'report_dismissed',
  'paste_hidden',
  'paste_shown',
  'paste_deleted',
  'decision_appealed',
  'hash_blocked',
  'hash_unblocked',
  'setting_changed',
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];

export const auditEntrySchema = z
  .object({
    id: z.uuid(),
    at: z.iso.datetime(),
    actor_id: z.uuid().nullable().meta({ description: 'Null for the console of the instance.' }),
    actor: z.string().nullable().meta({ description: 'Username; null once the account is deleted.' }),
    action: z.enum(AUDIT_ACTIONS),
    target_kind: z.enum(['paste', 'user', 'sha256', 'domain', 'setting']),
    target: z.string().meta({
      description:
        'A slug, the id of a user, a SHA-256, the domain of an invited email, or the name of a setting.',
    }),
    target_name: z.string().nullable().meta({ description: 'The username of a user that still exists.' }),
    details: z.record(z.string(), z.string()),
  })
  .meta({ id: 'AuditEntry' });

export type AuditEntryDto = z.output<typeof auditEntrySchema>;

export const listAuditSchema = z.strictObject({
  action: z.enum(AUDIT_ACTIONS, 'action_unknown').optional(),
  limit: pageLimit,
  cursor: z.uuid('cursor_unknown').optional(),
});

export type ListAudit = z.output<typeof listAuditSchema>;

export const auditPageSchema = pageOf(auditEntrySchema, 'AuditPage', z.uuid().nullable());

export const AUDIT_FORMATS = ['ndjson', 'csv'] as const;

export type AuditFormat = (typeof AUDIT_FORMATS)[number];
