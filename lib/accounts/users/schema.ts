import { z } from 'zod';
import { lowerLatin } from '../../core/email';
import { emailSchema } from '../../core/email-schema';
import { isLocale, LOCALES } from '../../core/i18n/locale';
import { optionalOr } from '../../core/optional-or';
import { isReserved } from '../../core/reserved-words';
import {
  givenPasswordSchema,
  MAX_PASSWORD_LENGTH,
  MIN_PASSWORD_LENGTH,
  passwordSchema,
} from '../passwords/schema';

export const MIN_USERNAME_LENGTH = 3;
export const MAX_USERNAME_LENGTH = 32;
export const MAX_DISPLAY_NAME_LENGTH = 80;
const MAX_INVITATION_LENGTH = 2_000;
/** Longer than any name, address or password: a limit of work, which the document of the API does not mention. */
const MAX_INPUT = 1_000;
const isBounded = (text: string) => text.length <= MAX_INPUT;

export const ROLES = ['user', 'moderator', 'admin'] as const;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is rejected here
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;
const USERNAME = /^[a-z0-9](?:[a-z0-9]|[-_](?=[a-z0-9]))*$/;

export const usernameSchema = z
  .string()
  .refine(isBounded, 'username_invalid')
  .transform(lowerLatin)
  .refine(
    (text) => text.length >= MIN_USERNAME_LENGTH && text.length <= MAX_USERNAME_LENGTH && USERNAME.test(text),
    'username_invalid',
  )
  .meta({
    description: `${MIN_USERNAME_LENGTH} to ${MAX_USERNAME_LENGTH} of \`a-z0-9\`, single \`-\` and \`_\` between; capitals are taken as small letters.`,
    example: 'ada',
  });

/** Accounts keep usernames that were reserved later; only a new one is rejected. */
const newUsernameSchema = usernameSchema.refine((text) => !isReserved(text), 'username_reserved');

export const displayNameSchema = z
  .string()
  .refine((text) => !CONTROL.test(text), 'control_characters')
  .refine((text) => text.isWellFormed(), 'not_unicode')
  .transform((text) => text.trim())
  .refine((text) => [...text].length <= MAX_DISPLAY_NAME_LENGTH, 'display_name_too_long')
  .meta({ description: `One line, up to ${MAX_DISPLAY_NAME_LENGTH} characters.`, example: 'Ada Lovelace' });

const localeSchema = z.string().refine(isLocale, 'locale_unknown').meta({ enum: LOCALES });

export const registerSchema = z
  .strictObject({
    email: emailSchema,
    username: newUsernameSchema,
    password: passwordSchema,
    invitation: z.string().max(MAX_INVITATION_LENGTH, 'invitation_not_valid').optional().meta({
      description:
        'The value of `invitation` in the link of an invitation, where registration is by invitation.',
    }),
  })
  .meta({ id: 'Register' });

export const loginSchema = z
  .strictObject({
    email: z.string().min(1, 'login_missing').refine(isBounded, 'email_invalid').optional(),
    username: z.string().min(1, 'login_missing').refine(isBounded, 'username_invalid').optional(),
    password: givenPasswordSchema,
  })
  .refine(({ email, username }) => (email === undefined) !== (username === undefined), {
    path: ['email'],
    message: 'login_missing',
  })
  .meta({ id: 'Login', description: 'Either `email` or `username`, and the password.' });

const MAX_TOKEN_LENGTH = 512;
export const tokenSchema = z.string().min(1, 'token_missing').max(MAX_TOKEN_LENGTH, 'token_too_long');

export const verifyEmailSchema = z.strictObject({ token: tokenSchema, password: givenPasswordSchema }).meta({
  id: 'VerifyEmail',
  description: 'The token that was mailed, and the password of the account it is for.',
});
export const mailAddressSchema = z.strictObject({ email: emailSchema }).meta({ id: 'MailAddress' });

export const resetPasswordSchema = z
  .strictObject({ token: tokenSchema, password: passwordSchema })
  .meta({ id: 'ResetPassword' });

export const changePasswordSchema = z
  .strictObject({
    current_password: givenPasswordSchema,
    new_password: passwordSchema,
    end_tokens: optionalOr(z.boolean(), true).meta({
      description: 'Whether all personal tokens end too; `true` if absent.',
    }),
  })
  .meta({ id: 'ChangePassword' });

export const changeEmailSchema = z
  .strictObject({ email: emailSchema, password: givenPasswordSchema })
  .meta({ id: 'ChangeEmail' });

export const deleteAccountSchema = z
  .strictObject({ password: givenPasswordSchema })
  .meta({ id: 'DeleteAccount' });

export type Register = z.output<typeof registerSchema>;

export type ChangePassword = z.output<typeof changePasswordSchema>;

/** A user as others can see them; `email` only for the user and admins. */
export const userSchema = z
  .object({
    uuid: z.uuid().meta({ readOnly: true }),
    email: z.string().optional().meta({ description: 'Only to its owner and to admins.', readOnly: true }),
    username: z.string(),
    name: z.string().nullable(),
    role: z.enum(ROLES),
    email_verified: z.boolean().meta({ readOnly: true }),
    profile_image_url: z.url().meta({ readOnly: true }),
    created_at: z.iso.datetime().meta({ readOnly: true }),
  })
  .meta({ id: 'User' });

export type UserDto = z.output<typeof userSchema>;

/** What a client that sends back its user cannot change by `PATCH /users/me`. */
export const USER_READ_ONLY = [
  'uuid',
  'email',
  'role',
  'email_verified',
  'profile_image_url',
  'created_at',
] as const;

const profileFields = {
  username: usernameSchema.optional(),
  name: displayNameSchema.nullable().optional(),
  locale: localeSchema.optional(),
};

export const updateProfileSchema = z
  .strictObject({
    ...userSchema.omit({ username: true, name: true }).partial().shape,
    role: userSchema.shape.role.optional().meta({ readOnly: true }),
    ...profileFields,
  })
  .refine(
    ({ username, name, locale }) => [username, name, locale].some((value) => value !== undefined),
    'nothing_to_change',
  )
  .meta({ id: 'UpdateProfile', description: 'Read-only fields may have their current values.' });

export type UpdateProfile = z.output<typeof updateProfileSchema>;

/** Values for the messages of `errors.*`. */
export const USER_LIMIT_VALUES = {
  minUsername: MIN_USERNAME_LENGTH,
  maxUsername: MAX_USERNAME_LENGTH,
  maxDisplayName: MAX_DISPLAY_NAME_LENGTH,
  minPassword: MIN_PASSWORD_LENGTH,
  maxPassword: MAX_PASSWORD_LENGTH,
};
