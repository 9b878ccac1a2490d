import { z } from 'zod';
import { emailSchema } from '../core/email';

export const SHARE_ROLES = ['reader', 'editor'] as const;
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
    notify: z.boolean().default(true).meta({ description: 'Whether to send them an email with a link.' }),
    tell_title: z.boolean().default(false).meta({ description: 'Whether the email includes the title.' }),
  })
  .refine(({ email, contact_id }) => (email === undefined) !== (contact_id === undefined), {
    path: ['email'],
    message: 'share_with_whom',
  })
  .meta({ id: 'CreateShare', description: 'Either `email` or `contact_id`.' });

export type CreateShare = z.output<typeof createShareSchema>;

export const updateShareSchema = z.strictObject({ role: roleSchema }).meta({ id: 'UpdateShare' });

export type UpdateShare = z.output<typeof updateShareSchema>;

export const shareSchema = z
  .object({
    id: z.uuid(),
    email: z.string(),
    contact_id: z.uuid().nullable(),
    role: z.enum(SHARE_ROLES),
    created_at: z.iso.datetime(),
    opened_at: z.iso.datetime().nullable().meta({ description: 'When they first opened it.' }),
  })
  .meta({ id: 'Share' });

export type ShareDto = z.output<typeof shareSchema>;

export const shareListSchema = z
  .object({ items: z.array(shareSchema), next_cursor: z.null() })
  .meta({ id: 'ShareList' });

/** The numbers that the messages of `errors.*` speak of. */
export const SHARE_LIMIT_VALUES = { maxShares: MAX_SHARES };
