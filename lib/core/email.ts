import { z } from 'zod';

export const MAX_EMAIL_LENGTH = 254;
/** Longer than any address; bounds the work on what is not one. */
const MAX_INPUT = 1_000;

// Letters that look like Latin ones are how an address or a name is made to look like another's.
const PRINTABLE_ASCII = /^[\x21-\x7e]+$/;

/** Only what `PRINTABLE_ASCII` lets through: to `toLowerCase`, the Kelvin sign is a `k`. */
export function lowerLatin(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

export const emailSchema = z
  .string()
  .max(MAX_INPUT, 'email_invalid')
  .transform((text) => lowerLatin(text.replace(/^ +| +$/g, '')))
  .refine(
    (text) => text.length <= MAX_EMAIL_LENGTH && PRINTABLE_ASCII.test(text) && z.regexes.email.test(text),
    'email_invalid',
  )
  .meta({ description: 'An email address in ASCII; case-insensitive.', example: 'ada@example.com' });
