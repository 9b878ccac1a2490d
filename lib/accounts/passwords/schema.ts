import { z } from 'zod';

export const MIN_PASSWORD_LENGTH = 10;
export const MAX_PASSWORD_LENGTH = 128;
/** Longer than any password; bounds the work on what is not one. */
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

/** A password that is only compared: what it may be is not told by refusing its shape. */
export const givenPasswordSchema = z.string().min(1, 'password_missing').max(MAX_INPUT, 'password_too_long');
