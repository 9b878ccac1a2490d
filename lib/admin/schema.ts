import { z } from 'zod';
import { ROLES, userSchema } from '../accounts/users/schema';
import { MAX_PAGE_SIZE, PAGE_SIZE } from '../core/pagination';

export const listUsersSchema = z.strictObject({
  q: z
    .string()
    .trim()
    .max(200)
    .refine((text) => !text.includes('\0'), 'nul')
    .optional()
    .meta({ description: 'A literal part of an email, a username or a name.' }),
  role: z.enum(ROLES, 'role_unknown').optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE_SIZE).default(PAGE_SIZE),
  cursor: z.string().max(200).optional(),
});

export type ListUsers = z.output<typeof listUsersSchema>;

export const updateUserSchema = z
  .strictObject({
    role: z.enum(ROLES, 'role_unknown').optional(),
    banned: z.boolean().optional(),
    end_sessions: z.literal(true).optional(),
  })
  .refine((body) => Object.values(body).some((value) => value !== undefined), 'nothing_to_change')
  .meta({ id: 'UpdateUser' });

export type UpdateUser = z.output<typeof updateUserSchema>;

export const managedUserSchema = userSchema
  .extend({
    email: z.string(),
    banned_at: z.iso.datetime().nullable(),
    pastes: z.number().int().meta({ description: 'Number of pastes, including private ones.' }),
    sessions: z.number().int(),
  })
  .meta({ id: 'ManagedUser' });

export type ManagedUserDto = z.output<typeof managedUserSchema>;

export const managedUserPageSchema = z
  .object({ items: z.array(managedUserSchema), next_cursor: z.string().nullable() })
  .meta({ id: 'ManagedUserPage' });
