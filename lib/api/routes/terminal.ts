import { z } from 'zod';
import { AppError, invalidField } from '../../core/errors';
import { MAX_LOCK_BYTES, MAX_PAYLOAD_BYTES } from '../../encryption/limits';
import {
  type CreatePaste,
  createPasteSchema,
  MAX_FILES,
  MAX_READS,
  MAX_TEXT_BYTES,
  visibilitySchema,
} from '../../pastes/schema';
import { decodeText, mediaType, parseQuery, readBytes, validate } from '../body';
import type { ApiContext } from '../context';
import { formOverhead, readForm } from '../form';
import type { FormPart } from '../form-part';

/** More than the allowed files, so that the error can state the maximum. */
const MAX_PARTS = 100;

const option = (description: string) => z.string().optional().meta({ description });

/** `burn_after` as text. */
export const burnAfterOption = z
  .string()
  .transform((text) => (/^\d+$/.test(text) ? Number(text) : Number.NaN));

/** What a body that is not JSON leaves to the query. */
export const terminalOptionsSchema = z.strictObject({
  title: option('As the rest, see `CreatePaste`.'),
  name: option('The name of the file; for a form the names of its parts count.'),
  language: option('The language of every file.'),
  visibility: option('`public`, `unlisted` or `private`.').meta({ enum: visibilitySchema.options }),
  expires_in: option('As in `CreatePaste`.'),
  expires_at: option('As in `CreatePaste`.').meta({ format: 'date-time' }),
  slug: option('As in `CreatePaste`.'),
  burn_after: burnAfterOption
    .optional()
    .meta({ description: 'As in `CreatePaste`.', type: 'integer', minimum: 1, maximum: MAX_READS }),
});

const namedOptionsSchema = terminalOptionsSchema.omit({ name: true });

/** The parts of a form, of plain files or of a secret paste. @throws AppError as `readForm` */
export function readPasteForm(c: ApiContext): Promise<FormPart[]> {
  return readForm(c, {
    maxBytes: Math.max(MAX_TEXT_BYTES, MAX_PAYLOAD_BYTES + MAX_LOCK_BYTES) + formOverhead(MAX_PARTS),
    maxParts: MAX_PARTS,
  });
}

/**
 * What `curl --data-binary @file` and `curl -F file=@file` send: the body is text, the options are query
 * parameters, and everything is held to the schema of the JSON form.
 * @param form the parts of a form; null for any other body, which is then read
 */
export async function parseTerminalPaste(
  c: ApiContext,
  form: readonly FormPart[] | null,
): Promise<CreatePaste> {
  const options = parseQuery(c, terminalOptionsSchema);
  if (!form) return parseTextPaste(options, await readBytes(c, { max: MAX_TEXT_BYTES }));
  const { name: _, ...others } = options;
  return toPaste(others, filesOf(form));
}

type TerminalOptions = z.output<typeof terminalOptionsSchema>;

/** As `parseTerminalPaste`, of a body that is the text. */
export function parseTextPaste({ name, ...options }: TerminalOptions, bytes: Uint8Array): CreatePaste {
  return toPaste(options, [{ name, content: decodeText(bytes, 'content') }]);
}

function toPaste(
  { language, ...settings }: Omit<TerminalOptions, 'name'>,
  files: readonly { name?: string | undefined; content: string }[],
): CreatePaste {
  const withLanguage = language === undefined ? files : files.map((file) => ({ ...file, language }));
  return validate(createPasteSchema, { ...settings, files: withLanguage });
}

/**
 * What `curl -T file` sends: the body is the text of one file, of any media type.
 * @param name the last part of the path, decoded; without one, `?name=` may give it
 */
export async function parsePutPaste(c: ApiContext, name: string | undefined): Promise<CreatePaste> {
  const options = parseQuery(c, name === undefined ? terminalOptionsSchema : namedOptionsSchema);
  if (mediaType(c) === 'multipart/form-data') {
    throw new AppError('unsupported_media_type', { detail: 'Send a form with POST and a file with PUT.' });
  }
  return parseTextPaste({ name, ...options }, await readBytes(c, { max: MAX_TEXT_BYTES }));
}

function filesOf(parts: readonly FormPart[]): { name?: string; content: string }[] {
  const unknown = [...new Set(parts.map(({ name }) => name))].filter((name) => name !== 'file');
  if (unknown.length > 0) {
    throw new AppError('validation_failed', {
      fields: unknown.slice(0, MAX_FILES).map((path) => ({ path, message: 'part_unknown' })),
    });
  }
  if (parts.length > MAX_FILES) throw invalidField('files', 'files_too_many');
  return parts.map(({ fileName, content }, index) => ({
    ...(isNamed(fileName) ? { name: fileName } : {}),
    content: decodeText(content, `files.${index}.content`),
  }));
}

/** curl calls what it reads from standard input `-`. */
function isNamed(fileName: string | undefined): fileName is string {
  return fileName !== undefined && fileName !== '-';
}
