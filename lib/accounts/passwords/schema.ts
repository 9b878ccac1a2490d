import { z } from 'zod';

export const MIN_PASSWORD_LENGTH = 10;
export const MAX_PASSWORD_LENGTH = 128;
/** Longer than any password; limits the work spent on other input. */
const MAX_INPUT = 1_000;

export const passwordSchema = z
  .string()
  .refine((text) => text.isWellFormed(), 'not_unicode')
  .refine((text) => [...text].length >= MIN_PASSWORD_LENGTH, 'password_too_short')
  .refine((text) => [...text].length <= MAX_PASSWORD_LENGTH, 'password_too_long')
  .meta({
    description: `${MIN_PASSWORD_LENGTH} to ${MAX_PASSWORD_LENGTH} characters, any of them; not one of the common passwords.`,
    example: 'a long walk by the sea',
  });

/** A password to compare; not validated against the rules for new passwords. */
export const givenPasswordSchema = z
  .string()
  .min(1, 'password_missing')
  .refine((text) => text.length <= MAX_INPUT, 'password_too_long');
