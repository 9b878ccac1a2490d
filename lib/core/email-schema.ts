import { z } from 'zod';
import { normalizeEmail } from './email';

export const emailSchema = z
  .string()
  .transform((text, context) => {
    const email = normalizeEmail(text);
    if (email !== null) return email;
    context.addIssue({ code: 'custom', message: 'email_invalid', input: text });
    return z.NEVER;
  })
  .meta({
    description:
      'An email address; case-insensitive. An international domain is accepted in both forms, and kept in ASCII.',
    example: 'ada@example.com',
  });
