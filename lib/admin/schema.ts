import { z } from 'zod';
import { ROLES, userSchema } from '../accounts/users/schema';
import { emailSchema } from '../core/email-schema';
import { pageLimit, pageOf } from '../core/page-schema';

export const listUsersSchema = z.strictObject({
  q: z
    .string()
    .trim()
    .max(200)
    .refine((text) => !text.includes('\0'), 'nul')
    .optional()
    .meta({ description: 'A literal part of an email, a username or a name.' }),
  role: z.enum(ROLES, 'role_unknown').optional(),
  limit: pageLimit,
  cursor: z.string().max(200).optional(),
});

export type ListUsers = z.output<typeof listUsersSchema>;

export const managedUserSchema = userSchema
  .extend({
    email: z.string().meta({ readOnly: true }),
    banned_at: z.iso.datetime().nullable().meta({ readOnly: true }),
    pastes: z
      .number()
      .int()
      .meta({ description: 'Number of pastes, including private ones.', readOnly: true }),
    sessions: z.number().int().meta({ readOnly: true }),
  })
  .meta({ id: 'ManagedUser' });

export type ManagedUserDto = z.output<typeof managedUserSchema>;

/** What an admin who sends back an account cannot change. */
export const MANAGED_USER_READ_ONLY = [
  'uuid',
  'email',
  'username',
  'name',
  'email_verified',
  'profile_image_url',
  'created_at',
  'banned_at',
  'pastes',
  'sessions',
] as const;

export const updateUserSchema = z
  .strictObject({
    ...managedUserSchema.omit({ role: true }).partial().shape,
    role: z.enum(ROLES, 'role_unknown').optional(),
    banned: z.boolean().optional(),
    end_sessions: z.literal(true).optional(),
  })
  .refine(
    ({ role, banned, end_sessions }) => [role, banned, end_sessions].some((value) => value !== undefined),
    'nothing_to_change',
  )
  .meta({ id: 'UpdateUser', description: 'Read-only fields may have their current values.' });

export type UpdateUser = z.output<typeof updateUserSchema>;

export const inviteSchema = z.strictObject({ email: emailSchema }).meta({ id: 'Invite' });

export const invitationSchema = z
  .object({
    email: z.string(),
    link: z.url().meta({ description: 'Creates an account for this email.' }),
    expires_at: z.iso.datetime(),
  })
  .meta({ id: 'Invitation' });

export type Invitation = z.output<typeof invitationSchema>;

export const managedUserPageSchema = pageOf(managedUserSchema, 'ManagedUserPage');
