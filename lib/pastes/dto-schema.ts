import { z } from 'zod';
import { pageOf } from '../core/page-schema';
import { MAX_LISTED } from '../text/credentials/report-credentials';
import { CREDENTIAL_KINDS } from '../text/credentials/token-rules';
import { visibilitySchema } from './schema';

export const pasteFileSchema = z
  .object({
    name: z.string(),
    language: z.string(),
    bytes: z.number().int(),
    lines: z.number().int(),
    sha256: z.string(),
    raw_url: z.url(),
    content: z.string().optional().meta({ description: 'Only with `?content=1`, and of a reveal.' }),
  })
  .meta({ id: 'PasteFile' });

export const warningDetailSchema = z
  .object({
    code: z.string().meta({ description: 'One of `warnings`.' }),
    path: z.string().meta({ description: 'Where in the paste.', example: 'files.0.content' }),
    line: z.number().int().nullable().meta({ description: 'From 1 on; null outside of a text.' }),
    kind: z.enum(CREDENTIAL_KINDS).optional().meta({ description: 'What the credential looks like.' }),
    message: z.string().meta({ description: 'A sentence in English; it does not repeat the credential.' }),
  })
  .meta({ id: 'WarningDetail' });

const encryptionSchema = z
  .object({
    format: z.literal('age-v1'),
    bytes: z.number().int().meta({ description: 'The size of the ciphertext.' }),
    sha256: z.string().meta({ description: 'Of the ciphertext.' }),
    lock_url: z.url().nullable().meta({ description: 'With a password: where the encrypted key is.' }),
  })
  .nullable()
  .meta({ description: 'Of a secret paste, which has no `title` and no `files`; null for plain text.' });

export const pasteSchema = z
  .object({
    slug: z.string(),
    url: z.url(),
    raw_url: z.url(),
    title: z.string(),
    visibility: visibilitySchema,
    awaits_approval: z.boolean().meta({
      description:
        'Whether a public paste is not listed yet, because a moderator has not approved its owner.',
    }),
    owner: z.string().nullable().meta({ description: 'Username, or null for a guest.' }),
    files: z.array(pasteFileSchema),
    revision: z.number().int(),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
    expires_at: z.iso.datetime().nullable(),
    burn_after: z.number().int().nullable().meta({
      description: 'Number of reads after which the paste is deleted; null if it does not burn.',
    }),
    reads: z.number().int().nullable().meta({
      description: 'How often it was revealed; null if it does not burn.',
    }),
    encryption: encryptionSchema,
    hidden_reason: z.string().nullable().meta({
      description: 'Why a moderator hid it. A hidden paste is visible only to its owner and moderators.',
    }),
    warnings: z.array(z.string()).meta({
      description:
        'Warnings about the stored text, title and names. `bidi_controls`: bidirectional control characters, which ' +
        'reorder what is displayed. `zero_width`: invisible characters where they have no use. ' +
        '`mixed_scripts`: words of look-alike letters from different alphabets. `language_unknown`: the given ' +
        'language is unknown, so the text is plain text. `credentials`: what looks like a password, a key or a ' +
        'token, in a paste that is not private.',
    }),
    warning_details: z
      .array(warningDetailSchema)
      .optional()
      .meta({
        description: `Where the warnings are, if there are any; at most ${MAX_LISTED} \`credentials\`. Only in the response to the request that stored the text.`,
      }),
    preview: z
      .string()
      .nullable()
      .optional()
      .meta({
        description:
          'Only in lists: the first two lines of the first file that are not empty, up to 120 characters each, without ' +
          'control characters. Null for secret and burning pastes, for binary data, for texts saved before ' +
          'previews were introduced, and for pastes shared with you that you have not opened.',
      }),
    edit_key: z
      .string()
      .optional()
      .meta({ description: 'Returned once, when a paste is created without an account.' }),
  })
  .meta({ id: 'Paste' });

export const revisionSchema = z
  .object({
    number: z.number().int(),
    created_at: z.iso.datetime(),
    current: z.boolean(),
    files: z.array(pasteFileSchema.omit({ raw_url: true })),
  })
  .meta({ id: 'Revision' });

export const revisionPageSchema = pageOf(revisionSchema, 'RevisionPage');

export type RevisionDto = z.output<typeof revisionSchema>;

export const pastePageSchema = pageOf(pasteSchema, 'PastePage');

export type PasteDto = z.output<typeof pasteSchema>;
