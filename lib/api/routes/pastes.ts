import { z } from '@hono/zod-openapi';
import { now } from '../../clock';
import { AppError } from '../../errors';
import { etagOf, toEnvelopeDto, toPasteDto } from '../../pastes/dto';
import { hasCredential } from '../../pastes/policy';
import { listPublicPastes, type PasteRecord } from '../../pastes/queries';
import {
  createPasteSchema,
  listPastesSchema,
  type PasteDto,
  pastePageSchema,
  pasteSchema,
  updatePasteSchema,
} from '../../pastes/schema';
import { createPaste, deletePaste, readFileText, readPaste, updatePaste } from '../../pastes/service';
import {
  bytes,
  editKeyHeader,
  invalid,
  notFound,
  ok,
  problemAnswer,
  sendJson,
  slugOf,
  slugParams,
  tooMany,
  unauthorized,
  unavailable,
} from '../answers';
import { mediaType, parseJson, parseQuery } from '../body';
import { type ApiApp, type ApiContext, addRoute, viewerOf } from '../context';
import { limited } from '../middleware/limited';
import { sendRaw } from './raw';
import { parseTerminalPaste } from './terminal';

const fileParams = slugParams.extend({ n: z.string() });
const readQuerySchema = z.strictObject({ content: z.enum(['0', '1']).optional() });

export function addPasteRoutes(app: ApiApp): void {
  addRoute(
    app,
    {
      method: 'post',
      path: '/api/v1/pastes',
      summary: 'Create a paste',
      description:
        'JSON, multipart (`file` parts), or any other media type: then the body is the text of one file, the options are query parameters, and the answer is the link as plain text.',
      request: { body: { required: true, content: { 'application/json': { schema: createPasteSchema } } } },
      responses: {
        201: ok('Created; `edit_key` is shown this once', pasteSchema),
        400: problemAnswer('Malformed JSON'),
        413: problemAnswer('More than 4 MiB of text'),
        415: problemAnswer('A compressed body'),
        422: invalid,
        429: tooMany,
        503: unavailable,
      },
    },
    limited('change-pastes'),
    postPaste,
  );

  addRoute(
    app,
    {
      method: 'get',
      path: '/api/v1/pastes',
      summary: 'The public feed, newest first',
      request: { query: listPastesSchema },
      responses: { 200: ok('A page', pastePageSchema), 422: invalid, 429: tooMany, 503: unavailable },
    },
    limited('read-api'),
    async (c) => {
      const page = await listPublicPastes(parseQuery(c, listPastesSchema), now());
      return c.json({ items: page.items.map((paste) => toPasteDto(paste)), next_cursor: page.nextCursor });
    },
  );

  addRoute(
    app,
    {
      method: 'get',
      path: '/api/v1/pastes/{slug}',
      summary: 'A paste and its files, with `?content=1` their text too',
      request: { params: slugParams, query: readQuerySchema },
      responses: {
        200: ok('The paste', pasteSchema),
        404: notFound,
        422: invalid,
        429: tooMany,
        503: unavailable,
      },
    },
    limited('read-api'),
    getPaste,
  );

  addRoute(
    app,
    {
      method: 'patch',
      path: '/api/v1/pastes/{slug}',
      summary: 'Save a new revision, change settings, or both',
      request: {
        params: slugParams,
        headers: editKeyHeader.extend({ 'if-match': z.string().optional() }),
        body: { required: true, content: { 'application/json': { schema: updatePasteSchema } } },
      },
      responses: {
        200: ok('As it is now', pasteSchema),
        400: problemAnswer('Malformed JSON'),
        401: unauthorized,
        404: notFound,
        409: problemAnswer('Somebody else is changing it'),
        412: problemAnswer('Changed since `If-Match`'),
        413: problemAnswer('More than 4 MiB of text'),
        415: problemAnswer('Not JSON, or compressed'),
        422: invalid,
        429: tooMany,
        503: unavailable,
      },
    },
    limited('change-pastes'),
    patchPaste,
  );

  addRoute(
    app,
    {
      method: 'delete',
      path: '/api/v1/pastes/{slug}',
      summary: 'End a paste, at once',
      request: { params: slugParams, headers: editKeyHeader },
      responses: {
        204: { description: 'Gone' },
        401: unauthorized,
        404: notFound,
        429: tooMany,
        503: unavailable,
      },
    },
    limited('read-api'),
    async (c) => {
      await deletePaste(slugOf(c), viewerOf(c));
      return c.body(null, 204);
    },
  );

  addRoute(
    app,
    {
      method: 'get',
      path: '/api/v1/pastes/{slug}/raw',
      summary: 'The bytes of the first file',
      request: { params: slugParams },
      responses: { 200: bytes, 404: notFound, 503: unavailable },
    },
    (c) => sendRaw(c, '1'),
  );

  addRoute(
    app,
    {
      method: 'get',
      path: '/api/v1/pastes/{slug}/files/{n}/raw',
      summary: 'The bytes of file `n`, from 1',
      request: { params: fileParams },
      responses: { 200: bytes, 404: notFound, 503: unavailable },
    },
    (c) => sendRaw(c, c.req.param('n') ?? ''),
  );
}

async function postPaste(c: ApiContext): Promise<Response> {
  const isJson = mediaType(c) === 'application/json';
  const input = isJson ? await parseJson(c, createPasteSchema) : await parseTerminalPaste(c);
  const { paste, warnings, editKey } = await createPaste(input, viewerOf(c));
  const dto = toPasteDto(paste, warnings);
  c.header('Location', dto.url);
  c.header('ETag', etagOf(paste));
  if (isJson) return c.json(editKey === null ? dto : { ...dto, edit_key: editKey }, 201);
  if (editKey !== null) c.header('X-Edit-Key', editKey);
  return c.text(`${dto.url}\n`, 201);
}

async function getPaste(c: ApiContext): Promise<Response> {
  const { content } = parseQuery(c, readQuerySchema);
  const surface = content === '1' ? 'bytes' : 'metadata';
  const { paste, envelope } = await readPaste(slugOf(c), { viewer: viewerOf(c), surface });
  c.header('ETag', etagOf(paste));
  if (paste.visibility !== 'public' || envelope) c.header('X-Robots-Tag', 'noindex');
  if (envelope) return c.json(toEnvelopeDto(paste));
  if (content !== '1') return c.json(toPasteDto(paste));
  return sendJson(c, await withContent(paste));
}

async function patchPaste(c: ApiContext): Promise<Response> {
  if (!hasCredential(viewerOf(c))) throw new AppError('unauthorized');
  const input = await parseJson(c, updatePasteSchema);
  const ifMatch = c.req.header('if-match');
  const { paste, warnings } = await updatePaste(slugOf(c), input, { viewer: viewerOf(c), ifMatch });
  c.header('ETag', etagOf(paste));
  return c.json(toPasteDto(paste, warnings));
}

async function withContent(paste: PasteRecord): Promise<PasteDto> {
  const dto = toPasteDto(paste);
  const texts = await Promise.all(paste.files.map(readFileText));
  return { ...dto, files: dto.files.map((file, index) => ({ ...file, content: texts[index] ?? '' })) };
}
