import { z } from 'zod';
import { pageLimit, pageOf } from '../core/page-schema';
import { hideSchema } from '../pastes/schema';

export const listApprovalsSchema = z.strictObject({
  limit: pageLimit,
  cursor: z.uuid('cursor_unknown').optional(),
});

export type ListApprovals = z.output<typeof listApprovalsSchema>;

export const decideApprovalSchema = z
  .strictObject({
    decision: z.enum(['approve', 'decline'], 'decision_unknown').meta({
      description:
        '`approve`: the public pastes of the member are listed, these and later ones. `decline`: up to 100 of the waiting ones are hidden; later ones wait again.',
    }),
    version: z.string().max(64).meta({
      description: 'Of the entry. If a waiting paste was added, edited or removed since, the answer is 409.',
    }),
    reason: hideSchema.shape.reason.optional().meta({ description: 'For the member; required to decline.' }),
  })
  .refine(({ decision, reason }) => decision === 'approve' || reason !== undefined, {
    path: ['reason'],
    message: 'reason_missing',
  })
  .meta({ id: 'DecideApproval' });

export type DecideApproval = z.output<typeof decideApprovalSchema>;

export const approvalSchema = z
  .object({
    id: z.uuid().meta({ description: 'Of the member.' }),
    username: z.string(),
    joined_at: z.iso.datetime(),
    waiting: z.number().int().meta({ description: 'Number of public pastes that wait.' }),
    version: z.string(),
    pastes: z
      .array(
        z.object({
          slug: z.string(),
          url: z.url(),
          title: z.string(),
          language: z.string(),
          bytes: z.number().int(),
          files: z.number().int(),
          created_at: z.iso.datetime(),
          preview: z.string().nullable(),
        }),
      )
      .meta({ description: 'The newest ones, up to 10.' }),
  })
  .meta({ id: 'Approval' });

export type ApprovalDto = z.output<typeof approvalSchema>;

export const approvalPageSchema = pageOf(approvalSchema, 'ApprovalPage', z.uuid().nullable());
