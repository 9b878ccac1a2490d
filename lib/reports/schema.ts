import { z } from 'zod';
import { emailSchema } from '../core/email-schema';
import { optionalOr } from '../core/optional-or';
import { pageLimit, pageOf } from '../core/page-schema';
import { hideSchema, MIN_BLOCKED_BYTES, visibilitySchema } from '../pastes/schema';

export const REPORT_REASONS = ['spam', 'malware', 'personal_data', 'illegal', 'other'] as const;
export const DECISIONS = ['dismiss', 'hide', 'delete', 'restore'] as const;
export const MAX_DETAILS_LENGTH = 2_000;
/** A link with its key. */
const MAX_KEY_LENGTH = 1_000;
const MAX_HIDDEN_AT_ONCE = 100;

/** The numbers that the messages of `errors.*` speak of. */
export const REPORT_LIMIT_VALUES = { maxDetails: MAX_DETAILS_LENGTH, minBlocked: MIN_BLOCKED_BYTES };

const isStorable = (text: string) => text.isWellFormed() && !text.includes('\0');

const longTextSchema = z
  .string()
  .trim()
  .max(MAX_DETAILS_LENGTH, 'details_too_long')
  .refine(isStorable, 'not_unicode');

export const createReportSchema = z
  .strictObject({
    reason: z.enum(REPORT_REASONS, 'report_reason_unknown'),
    details: optionalOr(longTextSchema, '').meta({
      description: `What moderators should know, up to ${MAX_DETAILS_LENGTH} characters.`,
    }),
    email: emailSchema.optional().meta({
      description: 'Where to send the decision. One email address is sent few of them.',
    }),
    key: z.string().max(MAX_KEY_LENGTH, 'report_key').optional().meta({
      description:
        'Of a secret paste that does not burn: its key, or its link with the key. Moderators can then read it. The key is stored encrypted and deleted with the decision.',
    }),
  })
  .meta({ id: 'CreateReport' });

export type CreateReport = z.output<typeof createReportSchema>;

export const listCasesSchema = z.strictObject({
  sort: z.enum(['newest', 'most'], 'sort_unknown').default('newest').meta({
    description: '`newest`: by the last report. `most`: by the number of reports.',
  }),
  limit: pageLimit,
  cursor: z.string().max(200).optional(),
});

export type ListCases = z.output<typeof listCasesSchema>;

const reasonSchema = hideSchema.shape.reason;

export const decideCaseSchema = z
  .strictObject({
    decision: z.enum(DECISIONS, 'decision_unknown').meta({
      description:
        '`dismiss`: nothing changes; of an appeal, the earlier decision stands. `restore`: shows a hidden paste again. `delete`: admins only.',
    }),
    revision: z.number().int().min(1).optional().meta({
      description:
        'Of the paste, as the entry has it in `paste`; required unless that is null. If the paste was edited since, the answer is 409.',
    }),
    reason: reasonSchema.optional().meta({ description: 'For the owner; required to hide or delete.' }),
    block_texts: optionalOr(z.boolean(), false).meta({
      description: 'Rejects the texts of this paste, by their SHA-256, wherever they are saved again.',
    }),
    ban_author: optionalOr(z.boolean(), false).meta({ description: 'Admins only.' }),
  })
  .refine(({ decision, reason }) => reason !== undefined || !['hide', 'delete'].includes(decision), {
    path: ['reason'],
    message: 'reason_missing',
  })
  .meta({ id: 'DecideReport' });

export type DecideCase = z.output<typeof decideCaseSchema>;

export const hidePastesSchema = z
  .strictObject({
    slugs: z.array(z.string().max(100)).min(1, 'slugs_none').max(MAX_HIDDEN_AT_ONCE, 'slugs_too_many'),
    reason: reasonSchema,
  })
  .meta({ id: 'HidePastes' });

export const hiddenPastesSchema = z
  .object({
    hidden: z.array(z.string()),
    already_hidden: z.array(z.string()).meta({ description: 'They keep their reason.' }),
    not_found: z.array(z.string()),
    failed: z.array(z.string()).meta({
      description: 'Pastes that were changed or decided at the same time, or that are your own. Try again.',
    }),
  })
  .meta({ id: 'HiddenPastes', description: 'The slugs by what became of them.' });

export type HiddenPastes = z.output<typeof hiddenPastesSchema>;

export const appealSchema = z.strictObject({ text: longTextSchema.min(1, 'appeal_empty') });

const reportedPasteSchema = z.object({
  title: z.string().meta({ description: 'Empty for a paste that burns or is secret.' }),
  revision: z.number().int(),
  visibility: visibilitySchema,
  owner: z.string().nullable(),
  owner_banned: z.boolean(),
  bytes: z.number().int(),
  files: z.number().int(),
  created_at: z.iso.datetime(),
  expires_at: z.iso.datetime().nullable(),
  secret: z.boolean(),
  burns: z.boolean(),
  hidden: z.boolean(),
});

export const caseSchema = z
  .object({
    id: z.uuid(),
    slug: z.string(),
    url: z.url(),
    reports: z.number().int().meta({
      description:
        'Number of addresses it was reported from; once 100 reports are kept, each further one counts.',
    }),
    reasons: z.partialRecord(z.enum(REPORT_REASONS), z.number().int()).meta({
      description: 'How often each reason was given, of the reports that are kept.',
    }),
    reported_at: z.iso.datetime(),
    decision: z.enum(['dismissed', 'hidden', 'deleted', 'restored']).nullable().meta({
      description: 'The last one; of an appeal, what it is about.',
    }),
    appeal: z.string().nullable().meta({ description: 'What the owner wrote about the decision.' }),
    paste: reportedPasteSchema.nullable().meta({ description: 'Null once it is deleted.' }),
  })
  .meta({ id: 'ReportCase' });

export type CaseDto = z.output<typeof caseSchema>;

export const casePageSchema = pageOf(caseSchema, 'ReportCasePage');

export const caseDetailSchema = z
  .object({
    ...caseSchema.shape,
    items: z
      .array(
        z.object({
          reason: z.enum(REPORT_REASONS),
          details: z.string(),
          has_key: z.boolean(),
          wants_answer: z.boolean(),
          edited_since: z.boolean().meta({ description: 'Whether the paste was edited after this report.' }),
          created_at: z.iso.datetime(),
        }),
      )
      .meta({ description: 'The newest reports.' }),
    content: z
      .object({
        state: z.enum(['text', 'burning', 'no_key', 'wrong_key', 'deleted']).meta({
          description: 'Why there is no text, if there is none. A paste that burns is never opened.',
        }),
        files: z.array(z.object({ name: z.string(), bytes: z.number().int(), text: z.string() })),
        cut: z.boolean().meta({ description: 'Whether there is more than the first 64 KiB.' }),
      })
      .meta({ description: 'The texts, of which moderators see the first 64 KiB.' }),
    similar: z.array(
      z.object({
        slug: z.string(),
        owner: z.string().nullable(),
        created_at: z.iso.datetime(),
        same: z.enum(['text', 'author']),
      }),
    ),
  })
  .meta({ id: 'ReportCaseDetail' });

export type CaseDetailDto = z.output<typeof caseDetailSchema>;

export const sha256Schema = z
  .string()
  .regex(/^[0-9a-fA-F]{64}$/, 'sha256_malformed')
  .transform((hex) => hex.toLowerCase());

export const blockedHashSchema = z
  .object({ sha256: z.string(), reason: z.string(), blocked_at: z.iso.datetime() })
  .meta({ id: 'BlockedHash' });

export type BlockedHashDto = z.output<typeof blockedHashSchema>;

export const listBlockedSchema = z.strictObject({
  limit: pageLimit,
  cursor: z.string().max(200).optional(),
});

export const blockedPageSchema = pageOf(blockedHashSchema, 'BlockedHashPage');
