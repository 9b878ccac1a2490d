import { z } from 'zod';
import { emailSchema } from '../core/email-schema';
import { optionalOr } from '../core/optional-or';
import { listOf } from '../core/page-schema';
import { SHARE_ROLES } from './roles';

export const MAX_SHARES = 100;
export const CODE_DIGITS = 6;

const roleSchema = z.enum(SHARE_ROLES, 'share_role_unknown').meta({
  description: 'A `reader` can read. An `editor` can also save, list and delete revisions.',
});

export const createShareSchema = z
  .strictObject({
    email: emailSchema.optional(),
    contact_id: z
      .string()
      .max(100)
      .optional()
      .meta({ description: 'One of your contacts that has an email.' }),
    role: roleSchema.optional().meta({
      description: 'Defaults to `reader` for a new person; an existing share keeps its role.',
    }),
    notify: optionalOr(z.boolean(), true).meta({
      description: 'Whether to send them an email with a link; `true` if absent.',
    }),
    tell_title: optionalOr(z.boolean(), false).meta({
      description: 'Whether the email includes the title; `false` if absent.',
    }),
  })
  .refine(({ email, contact_id }) => (email === undefined) !== (contact_id === undefined), {
    path: ['email'],
    message: 'share_with_whom',
  })
  .meta({ id: 'CreateShare', description: 'Either `email` or `contact_id`.' });

export type CreateShare = z.output<typeof createShareSchema>;

export const shareSchema = z
  .object({
    id: z.uuid().meta({ readOnly: true }),
    email: z.string().meta({ readOnly: true }),
    contact_id: z.uuid().nullable().meta({ readOnly: true }),
    role: z.enum(SHARE_ROLES),
    created_at: z.iso.datetime().meta({ readOnly: true }),
    opened_at: z.iso
      .datetime()
      .nullable()
      .meta({ description: 'When they first opened it.', readOnly: true }),
  })
  .meta({ id: 'Share' });

export type ShareDto = z.output<typeof shareSchema>;

/** What a client that sends back a share cannot change. */
export const SHARE_READ_ONLY = ['id', 'email', 'contact_id', 'created_at', 'opened_at'] as const;

export const updateShareSchema = z
  .strictObject({ ...shareSchema.omit({ role: true }).partial().shape, role: roleSchema })
  .meta({ id: 'UpdateShare', description: 'Read-only fields may have their current values.' });

export type UpdateShare = z.output<typeof updateShareSchema>;

export const shareListSchema = listOf(shareSchema, 'ShareList');

/** The numbers that the messages of `errors.*` speak of. */
export const SHARE_LIMIT_VALUES = { maxShares: MAX_SHARES };
