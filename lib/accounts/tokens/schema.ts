import { z } from 'zod';
import { expiryOf } from '../../core/lifetime';
import { optionalOr } from '../../core/optional-or';
import { listOf } from '../../core/page-schema';
import { displayNameSchema, tokenSchema } from '../users/schema';

export const SCOPES = ['pastes:read', 'pastes:write', 'contacts', 'account', 'admin'] as const;

export type Scope = (typeof SCOPES)[number];

export const MAX_PERSONAL_TOKENS = 50;

export const tokenPairSchema = z
  .object({
    access_token: z.string().meta({ description: 'For `Authorization: Bearer`.' }),
    refresh_token: z.string().meta({ description: 'For one use at `/auth/refresh`.' }),
    token_type: z.literal('bearer'),
    expires_in: z.number().int().meta({ description: 'Seconds the access token lasts.' }),
  })
  .meta({ id: 'TokenPair' });

export type TokenPair = z.output<typeof tokenPairSchema>;

export const refreshSchema = z.strictObject({ refresh_token: tokenSchema }).meta({ id: 'Refresh' });

export const logOutSchema = z
  .strictObject({ refresh_token: tokenSchema.optional() })
  .meta({ id: 'LogOut', description: 'Not needed with an access token.' });

export const createPersonalTokenSchema = z
  .strictObject({
    name: displayNameSchema.refine((name) => name !== '', 'token_name_missing'),
    scopes: z
      .array(z.enum(SCOPES, 'scope_unknown'))
      .min(1, 'scopes_none')
      .max(SCOPES.length, 'scope_unknown')
      .transform((scopes) => SCOPES.filter((scope) => scopes.includes(scope))),
    expires_in: optionalOr(
      z.string().refine((text) => expiryOf(text, new Date(0)) !== undefined, 'lifetime_unknown'),
      'never',
    ).meta({
      description: 'As for pastes: `1mo`, `1y`, `never`, or an ISO 8601 duration; `never` if absent.',
    }),
  })
  .meta({ id: 'CreatePersonalToken' });

export type CreatePersonalToken = z.output<typeof createPersonalTokenSchema>;

export const personalTokenSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    scopes: z.array(z.enum(SCOPES)),
    created_at: z.iso.datetime(),
    expires_at: z.iso.datetime().nullable(),
    last_used_at: z.iso.datetime().nullable(),
    token: z.string().optional().meta({ description: 'Once, when it is made.' }),
  })
  .meta({ id: 'PersonalToken' });

export type PersonalTokenDto = z.output<typeof personalTokenSchema>;

export const personalTokenListSchema = listOf(personalTokenSchema, 'PersonalTokenList');
