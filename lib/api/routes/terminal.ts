import { z } from '@hono/zod-openapi';
import { AppError } from '../../errors';
import { type CreatePaste, createPasteSchema, MAX_FILES } from '../../pastes/schema';
import { decodeText, mediaType, parseQuery, readBytes, validate } from '../body';
import type { ApiContext } from '../context';

const option = (description: string) => z.string().optional().meta({ description });

/** What a body that is not JSON leaves to the query. */
export const terminalOptionsSchema = z.strictObject({
  title: option('When the body is not JSON, as the rest: see `CreatePaste`.'),
  name: option('The name of the file; for a form the names of its parts count.'),
  language: option('The language of every file.'),
  visibility: option('`public`, `unlisted` or `private`.'),
  expires_in: option('As in `CreatePaste`.'),
  expires_at: option('As in `CreatePaste`.'),
  slug: option('As in `CreatePaste`.'),
});

/**
 * What `curl --data-binary @file` and `curl -F file=@file` send: the body is text, the options are query
 * parameters, and everything is held to the schema of the JSON form.
 */
export async function parseTerminalPaste(c: ApiContext): Promise<CreatePaste> {
  const { name, language, ...settings } = parseQuery(c, terminalOptionsSchema);
  const received = await readBytes(c);
  const files =
    mediaType(c) === 'multipart/form-data'
      ? await readParts(c, received)
      : [{ name, content: decodeText(received, 'content') }];
  const withLanguage = language === undefined ? files : files.map((file) => ({ ...file, language }));
  return validate(createPasteSchema, { ...settings, files: withLanguage });
}

async function readParts(c: ApiContext, received: Uint8Array<ArrayBuffer>) {
  const form = await parseForm(c, received);
  const parts = form.getAll('file');
  const strange = [...new Set(form.keys())].filter((key) => key !== 'file');
  if (strange.length > 0) {
    throw new AppError('validation_failed', {
      fields: strange.slice(0, MAX_FILES).map((path) => ({ path, message: 'part_unknown' })),
    });
  }
  if (parts.length > MAX_FILES) {
    throw new AppError('validation_failed', { fields: [{ path: 'files', message: 'files_too_many' }] });
  }
  return Promise.all(
    parts.map(async (part, index) => {
      if (typeof part === 'string') return { content: part };
      const content = decodeText(new Uint8Array(await part.arrayBuffer()), `files.${index}.content`);
      return { name: part.name === 'blob' ? '' : part.name, content };
    }),
  );
}

async function parseForm(c: ApiContext, received: Uint8Array<ArrayBuffer>): Promise<FormData> {
  try {
    const headers = { 'content-type': c.req.header('content-type') ?? '' };
    return await new Response(received, { headers }).formData();
  } catch {
    throw new AppError('malformed_body', { detail: 'The multipart body cannot be read.' });
  }
}
