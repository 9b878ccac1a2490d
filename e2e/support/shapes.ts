import { z } from 'zod';

// Written down a second time on purpose: these are the promises of the API, not what the code happens to do.

const fileShape = z.strictObject({
  name: z.string(),
  language: z.string().min(1),
  bytes: z.int().min(0),
  lines: z.int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  raw_url: z.url(),
  content: z.string().optional(),
});

const warningDetailShape = z.strictObject({
  code: z.string().regex(/^[a-z_]+$/),
  path: z.string().regex(/^(title|files\.\d+\.(name|language|content))$/),
  line: z.int().min(1).nullable(),
  kind: z
    .string()
    .regex(/^[a-z_]+$/)
    .optional(),
  message: z.string().min(1),
});

export const pasteShape = z.strictObject({
  slug: z.string().regex(/^[1-9A-HJ-NP-Za-km-z]{12}$/),
  url: z.url(),
  raw_url: z.url(),
  title: z.string(),
  visibility: z.enum(['public', 'unlisted', 'private']),
  owner: z.string().nullable(),
  files: z.array(fileShape),
  revision: z.int().min(1),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
  expires_at: z.iso.datetime().nullable(),
  burn_after: z.int().nullable(),
  reads: z.int().nullable(),
  encryption: z
    .strictObject({
      format: z.literal('age-v1'),
      bytes: z.int().min(1),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
      lock_url: z.url().nullable(),
    })
    .nullable(),
  awaits_approval: z.boolean(),
  hidden_reason: z.string().nullable(),
  warnings: z.array(z.string()),
  warning_details: z.array(warningDetailShape).optional(),
});

/** What lists add. */
export const previewShape = { preview: z.string().nullable() };

export const createdPasteShape = pasteShape.extend({ edit_key: z.string().min(16) });

export const revisionShape = z.strictObject({
  number: z.int().min(1),
  created_at: z.iso.datetime(),
  current: z.boolean(),
  files: z.array(fileShape.omit({ raw_url: true })),
});

export const historyShape = z.strictObject({
  items: z.array(revisionShape),
  next_cursor: z.string().nullable(),
});

export const feedShape = z.strictObject({
  items: z.array(pasteShape.extend(previewShape)),
  next_cursor: z.string().nullable(),
});

export const problemShape = z.strictObject({
  type: z.string(),
  title: z.string().min(1),
  status: z.int(),
  detail: z.string().min(1),
  code: z.string().regex(/^[a-z_]+$/),
  errors: z.array(z.strictObject({ path: z.string(), message: z.string().min(1) })).optional(),
});

export type CreatedPaste = z.output<typeof createdPasteShape>;
export type Problem = z.output<typeof problemShape>;
