import { z } from 'zod';
import { pageLimit } from '../core/page-schema';
import { languageSchema, visibilitySchema } from './schema';

export const listRevisionsSchema = z.strictObject({
  limit: pageLimit,
  cursor: z
    .string()
    .regex(/^[1-9]\d{0,9}$/, 'cursor_unknown')
    .transform(Number)
    .refine((number) => number < 2 ** 31, 'cursor_unknown')
    .optional(),
});

export const listPastesSchema = z.strictObject({
  limit: pageLimit,
  cursor: z.string().max(200).optional(),
  language: languageSchema.optional(),
  q: z
    .string()
    .trim()
    .max(200)
    .refine((text) => !text.includes('\0'), 'nul')
    .optional()
    .meta({
      description:
        'A part of a title, file name or language, up to 200 characters, regardless of case; `%`, `_` and `\\` have no special meaning. A page may have fewer items than `limit`, or none: the list ends where `next_cursor` is null.',
    }),
});

export type ListPastes = z.output<typeof listPastesSchema>;

export const OWN_ORDER_NAMES = ['newest', 'oldest', 'changed', 'expiring', 'title'] as const;
export type OwnOrder = (typeof OWN_ORDER_NAMES)[number];

export const listOwnPastesSchema = z.strictObject({
  ...listPastesSchema.shape,
  cursor: z.string().max(2_000).optional(),
  visibility: visibilitySchema.optional(),
  sort: z.enum(OWN_ORDER_NAMES).default('newest'),
});

export type ListOwnPastes = z.output<typeof listOwnPastesSchema>;
