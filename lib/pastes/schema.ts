import { z } from 'zod';
import { expiryOf, LIFETIMES } from '../core/lifetime';
import { isReserved } from '../core/reserved-words';
import { VISIBILITIES } from '../core/visibilities';
import {
  MAX_FILES,
  MAX_LOCK_BYTES,
  MAX_NAME_LENGTH,
  MAX_PAYLOAD_BYTES,
  MAX_READS,
  MAX_TITLE_LENGTH,
} from '../encryption/limits';
import { findLanguage } from '../text/highlight/languages';
import { isCustomSlug, MAX_SLUG_LENGTH, MIN_SLUG_LENGTH } from './slug';

export { MAX_FILES, MAX_NAME_LENGTH, MAX_READS, MAX_TITLE_LENGTH };
export const MAX_TEXT_BYTES = 4 * 1024 * 1024;
export const MAX_REASON_LENGTH = 500;
/** Smaller texts cannot be blocked: other authors are too likely to write them as well. */
export const MIN_BLOCKED_BYTES = 16;
/** For how long a reveal is answered again with its nonce; the bodies are kept until then. */
export const REPEAT_MS = 60_000;
const MAX_LANGUAGE_LENGTH = 64;

/** The numbers that the messages of `errors.*` speak of. */
export const PASTE_LIMIT_VALUES = {
  maxFiles: MAX_FILES,
  maxTitle: MAX_TITLE_LENGTH,
  maxName: MAX_NAME_LENGTH,
  maxMiB: MAX_TEXT_BYTES / 1024 / 1024,
  minSlug: MIN_SLUG_LENGTH,
  maxSlug: MAX_SLUG_LENGTH,
  maxReason: MAX_REASON_LENGTH,
  maxReads: MAX_READS,
  maxPayloadMiB: MAX_PAYLOAD_BYTES / 1024 / 1024,
  maxLockKiB: MAX_LOCK_BYTES / 1024,
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is rejected here
const CONTROL = /[\u0000-\u001f\u007f]/;

const singleLine = (max: number, tooLong: string) =>
  z
    .string()
    .trim()
    .refine((text) => text.length <= max, tooLong)
    .refine((text) => !CONTROL.test(text), 'control_characters')
    .refine((text) => text.isWellFormed(), 'not_unicode');

export const titleSchema = singleLine(MAX_TITLE_LENGTH, 'title_too_long').meta({
  description: `One line, up to ${MAX_TITLE_LENGTH} characters; may be empty.`,
  example: 'Retry with jitter',
});

export const fileNameSchema = singleLine(MAX_NAME_LENGTH, 'name_too_long')
  .refine((name) => !/[/\\]/.test(name) && name !== '.' && name !== '..', 'name_has_path')
  .meta({
    description: `A file name without a path, up to ${MAX_NAME_LENGTH} characters; may be empty.`,
    example: 'retry.ts',
  });

export const languageSchema = z
  .string()
  .max(MAX_LANGUAGE_LENGTH, 'language_unknown')
  .transform((text, context) => {
    const language = findLanguage(text);
    if (language) return language.id;
    context.addIssue({ code: 'custom', message: 'language_unknown' });
    return z.NEVER;
  })
  .meta({ description: 'A language id or one of its aliases.', example: 'typescript' });

/** The language of a text to be stored: its id, null for an unknown one, undefined if it should be detected. */
export const fileLanguageSchema = z
  .string()
  .transform((text) => {
    if (text.trim() === '') return undefined;
    return (text.length <= MAX_LANGUAGE_LENGTH ? findLanguage(text)?.id : undefined) ?? null;
  })
  .meta({
    description:
      'A language id, name, alias or file extension, in any case; guessed when absent or empty. With an unknown one the text is saved as plain text, with `language_unknown` among the `warnings`.',
    example: 'typescript',
  });

export const contentSchema = z
  .string()
  .refine((text) => !text.includes('\0'), 'nul')
  .refine((text) => text.isWellFormed(), 'not_unicode')
  .meta({ description: 'The text, kept byte for byte as UTF-8.', example: "console.log('hello')\n" });

export const visibilitySchema = z.enum(VISIBILITIES, 'visibility_unknown').meta({
  description: '`public` is listed, `unlisted` needs the link, `private` is for its owner.',
});

const customSlugSchema = z
  .string()
  .refine((text) => isCustomSlug(text), 'slug_invalid')
  .refine((text) => !isReserved(text), 'slug_reserved')
  .meta({
    description:
      'A custom link; requires an account. It opens in any letter case, unless it has 12 characters and none of them ' +
      'is `0`, `l` or a hyphen: random links look like that, and their case counts.',
    example: 'release-notes',
  });

const expiresInSchema = z
  .string()
  .refine((text) => expiryOf(text, new Date(0)) !== undefined, 'lifetime_unknown')
  .meta({
    description: `One of ${LIFETIMES.join(' ')}, or an ISO 8601 duration from 1 second to 100 years.`,
    example: '1d',
  });

const expiresAtSchema = z.iso
  .datetime({ offset: true, error: 'expiry_not_a_time' })
  .transform((text) => new Date(text))
  .meta({ description: 'A time in the future, RFC 3339.', example: '2030-01-01T00:00:00Z' });

const burnAfterSchema = z
  .number('burn_after')
  .int('burn_after')
  .min(1, 'burn_after')
  .max(MAX_READS, 'burn_after')
  .meta({
    description: `The paste is deleted after this many reads, 1 to ${MAX_READS}; null if it does not burn. Not with \`public\`.`,
    example: 1,
  });

const fileInputSchema = z.strictObject({
  name: fileNameSchema.optional(),
  language: fileLanguageSchema.optional(),
  content: contentSchema,
});

export type FileInput = z.output<typeof fileInputSchema>;

const filesSchema = z
  .array(fileInputSchema)
  .min(1, 'files_none')
  .max(MAX_FILES, 'files_too_many')
  .refine((files) => files.some((file) => file.content.trim() !== ''), {
    message: 'text_empty',
    path: [0, 'content'],
  });

/** What can be changed of a paste besides its content. */
export const updateSettings = {
  visibility: visibilitySchema.optional(),
  expires_in: expiresInSchema.optional(),
  expires_at: expiresAtSchema.nullable().optional(),
};

export const createSettings = {
  ...updateSettings,
  slug: customSlugSchema.optional(),
  burn_after: burnAfterSchema.nullable().optional(),
};

interface Lifetime {
  expires_in?: string | undefined;
  expires_at?: Date | null | undefined;
}

export function checkLifetime(body: Lifetime, context: z.RefinementCtx<Lifetime>): void {
  if (body.expires_in === undefined || body.expires_at === undefined) return;
  context.addIssue({ code: 'custom', path: ['expires_at'], message: 'lifetime_twice' });
}

interface Shape extends Lifetime {
  files?: FileInput[] | undefined;
  content?: string | undefined;
  language?: string | null | undefined;
}

function checkShape(body: Shape, context: z.RefinementCtx<Shape>): void {
  const fault = (path: string, message: string) =>
    context.addIssue({ code: 'custom', path: [path], message });
  checkLifetime(body, context);
  if (body.content === undefined) {
    if (body.language !== undefined) fault('language', 'language_without_content');
    return;
  }
  if (body.files !== undefined) fault('content', 'content_and_files');
  else if (body.content.trim() === '') fault('content', 'text_empty');
}

const shorthand = {
  content: contentSchema.optional(),
  language: fileLanguageSchema.optional(),
};

export const createPasteSchema = z
  .strictObject({
    title: titleSchema.optional(),
    ...createSettings,
    files: filesSchema.optional(),
    ...shorthand,
  })
  .superRefine((body, context) => {
    checkShape(body, context);
    if (typeof body.burn_after === 'number' && body.visibility === 'public') {
      context.addIssue({ code: 'custom', path: ['visibility'], message: 'burning_public' });
    }
    if (body.files === undefined && body.content === undefined) {
      context.addIssue({ code: 'custom', path: ['files'], message: 'files_none' });
    }
  })
  .transform(({ content, language, files, ...rest }) => ({
    ...rest,
    files: files ?? (content === undefined ? [] : [{ content, language }]),
  }))
  .meta({ id: 'CreatePaste' });

export const updatePasteSchema = z
  .strictObject({
    title: titleSchema.optional(),
    ...updateSettings,
    files: filesSchema.optional(),
    ...shorthand,
  })
  .superRefine((body, context) => {
    checkShape(body, context);
    if (Object.values(body).every((value) => value === undefined)) {
      context.addIssue({ code: 'custom', path: [], message: 'nothing_to_change' });
    }
  })
  .transform(({ content, language, ...rest }) => ({
    ...rest,
    /** `text`: the new text of the only file. Its name stays, and its language unless another is given. */
    ...(content === undefined ? {} : { text: { content, language } }),
  }))
  .meta({
    id: 'UpdatePaste',
    description:
      '`files` replaces all files. `content` changes the text of the only file and, with `language`, its language; its name stays. With several files, `content` is rejected.',
  });

export type CreatePaste = z.output<typeof createPasteSchema>;
export type UpdatePaste = z.output<typeof updatePasteSchema>;

/** Any other `proof` is a wrong one, not an invalid one. */
export const revealSchema = z
  .strictObject({
    proof: z.unknown().meta({
      type: 'string',
      description:
        'Of a secret paste: the proof that is made from its key, 64 lower-case hexadecimal digits.',
    }),
  })
  .partial()
  .meta({ id: 'Reveal' });

export const claimSchema = z
  .strictObject({ slug: z.string().max(MAX_SLUG_LENGTH), edit_key: z.string().max(200) })
  .meta({ id: 'Claim' });

export const hideSchema = z
  .strictObject({
    reason: z
      .string()
      .trim()
      .min(1, 'reason_missing')
      .max(MAX_REASON_LENGTH, 'reason_too_long')
      .refine((text) => text.isWellFormed() && !text.includes('\0'), 'not_unicode'),
  })
  .meta({ id: 'Hide' });
