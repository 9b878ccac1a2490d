import { z } from 'zod';
import { now } from '../../core/clock';
import { AppError } from '../../core/errors';
import { browseFeed } from '../../pastes/browse';
import { deletePaste } from '../../pastes/delete';
import { etagOf, toEnvelopeDto, toListedDto, toPasteDto } from '../../pastes/dto';
import { type PasteDto, pastePageSchema, pasteSchema } from '../../pastes/dto-schema';
import { listPastesSchema } from '../../pastes/list-schema';
import { hasCredential, isIndexable } from '../../pastes/policy';
import type { PasteRecord } from '../../pastes/queries';
import { readFileText, readPaste } from '../../pastes/read';
import { updatePasteSchema } from '../../pastes/schema';
import { updateSecretPasteSchema } from '../../pastes/secret-schema';
import { updatePaste } from '../../pastes/update';
import {
  anyRoute,
  anyText,
  bytes,
  editKeyHeader,
  empty,
  ifMatchHeader,
  ifNoneMatchHeader,
  invalid,
  notFound,
  ok,
  positionParam,
  problemAnswer,
  sendJson,
  sendPage,
  slugOf,
  slugParams,
  unchanged,
} from '../answers';
import { MAX_BODY_BYTES, mediaType, parseJson, parseQuery } from '../body';
import { isHeld } from '../conditional';
import { type ApiApp, type ApiContext, callerOf, recordOpenedBy } from '../context';
import { readingSlot } from '../middleware/large-reads';
import { headersOf } from '../openapi-headers';
import { addRoute } from '../route';
import { toWarnedDto } from '../warned-paste';
import { addCreateRoute } from './create-paste';
import { addHidingRoutes } from './hiding';
import { readMetadata } from './metadata';
import { sendRaw } from './raw';
import { addRevealRoute } from './reveal';
import { parseSecretForm } from './secret-form';
import { readPasteForm } from './terminal';

const fileParams = slugParams.extend({ n: positionParam });
const readQuerySchema = z.strictObject({ content: z.enum(['0', '1']).optional() });
const stale = problemAnswer('Changed since `If-Match`', 'stale');
const revealRequired = problemAnswer(
  'Insufficient scope; or the paste must be revealed first',
  'insufficient_scope',
  'reveal_required',
);
const { 429: _, ...anyUncounted } = anyRoute;
const anyBytes = {
  200: bytes,
  304: { ...unchanged, headers: bytes.headers },
  ...anyUncounted,
  403: revealRequired,
  404: notFound,
};

export function addPasteRoutes(app: ApiApp): void {
  addCreateRoute(app);

  addRoute(app, {
    method: 'get',
    path: '/api/v1/pastes',
    operationId: 'listPastes',
    summary: 'List public pastes, newest first',
    scope: 'pastes:read',
    request: { query: listPastesSchema },
    responses: { 200: ok('A page', pastePageSchema), 422: invalid },
    limit: 'read-api',
    handle: async (c) => {
      const page = await browseFeed(parseQuery(c, listPastesSchema), { caller: callerOf(c), at: now() });
      const items = page.items.map((paste) => toListedDto(paste, { envelope: false }));
      return sendPage(c, { ...page, items });
    },
  });

  addRoute(app, {
    method: 'get',
    path: '/api/v1/pastes/{slug}',
    operationId: 'getPaste',
    summary: 'Get a paste and its files, with `?content=1` also their text',
    scope: 'pastes:read',
    request: { params: slugParams, query: readQuerySchema, headers: ifNoneMatchHeader },
    responses: {
      200: { ...ok('The paste', pasteSchema), headers: headersOf('ETag', 'X-Robots-Tag?') },
      304: { ...unchanged, headers: headersOf('ETag', 'X-Robots-Tag?') },
      403: revealRequired,
      404: notFound,
      422: invalid,
    },
    limit: 'read-api',
    handle: getPaste,
  });

  addRoute(app, {
    method: 'patch',
    path: '/api/v1/pastes/{slug}',
    operationId: 'updatePaste',
    summary: 'Save a new revision, change settings, or both; a new revision of a secret paste is a form',
    scope: 'pastes:write',
    request: {
      params: slugParams,
      headers: editKeyHeader.extend(ifMatchHeader.shape),
      body: {
        required: true,
        content: {
          'application/json': { schema: updatePasteSchema },
          'multipart/form-data': { schema: updateSecretPasteSchema },
        },
      },
    },
    responses: {
      200: { ...ok('The updated object', pasteSchema), headers: headersOf('ETag') },
      ...anyText,
      404: notFound,
      409: problemAnswer('Another request is changing the paste', 'conflict'),
      412: stale,
    },
    limit: 'change-pastes',
    handle: patchPaste,
  });

  addRoute(app, {
    method: 'delete',
    path: '/api/v1/pastes/{slug}',
    operationId: 'deletePaste',
    summary: 'Delete a paste',
    scope: 'pastes:write',
    request: { params: slugParams, headers: editKeyHeader.extend(ifMatchHeader.shape) },
    responses: { 204: empty('Deleted'), 404: notFound, 412: stale },
    limit: 'read-api',
    handle: async (c) => {
      await deletePaste(slugOf(c), callerOf(c), { ifMatch: c.req.header('if-match') });
      return c.body(null, 204);
    },
  });

  addRoute(app, {
    method: 'get',
    path: '/api/v1/pastes/{slug}/raw',
    operationId: 'getRaw',
    summary: 'Get the bytes of the first file, or the ciphertext of a secret paste',
    scope: 'pastes:read',
    request: { params: slugParams, headers: ifNoneMatchHeader },
    responses: anyBytes,
    handle: (c) => sendRaw(c, '1'),
  });

  addRoute(app, {
    method: 'get',
    path: '/api/v1/pastes/{slug}/files/{n}/raw',
    operationId: 'getRawFile',
    summary: 'Get the bytes of file `n`, counted from 1',
    scope: 'pastes:read',
    request: { params: fileParams, headers: ifNoneMatchHeader },
    responses: anyBytes,
    handle: (c) => sendRaw(c, c.req.param('n') ?? ''),
  });

  addRevealRoute(app);
  addHidingRoutes(app);
}

async function getPaste(c: ApiContext): Promise<Response> {
  const { content } = parseQuery(c, readQuerySchema);
  const caller = callerOf(c);
  if (content !== '1') {
    const ifNoneMatch = c.req.header('if-none-match');
    const { status, headers, body } = await readMetadata(slugOf(c), { caller, ifNoneMatch });
    return c.newResponse(body, status, headers);
  }
  const { paste, grant } = await readPaste(slugOf(c), { caller, surface: 'bytes' });
  if (!isIndexable(paste)) c.header('X-Robots-Tag', 'noindex');
  if (isHeld(c, etagOf(paste))) return c.body(null, 304);
  await readingSlot(c, paste.files);
  const whole = await withContent(paste);
  recordOpenedBy(c, grant);
  return sendJson(c, whole);
}

async function patchPaste(c: ApiContext): Promise<Response> {
  if (!hasCredential(callerOf(c))) throw new AppError('unauthorized');
  const options = { caller: callerOf(c), ifMatch: c.req.header('if-match') };
  const input =
    mediaType(c) === 'multipart/form-data'
      ? parseSecretForm(c, await readPasteForm(c), updateSecretPasteSchema)
      : await parseJson(c, updatePasteSchema, { max: MAX_BODY_BYTES });
  const stored = await updatePaste(slugOf(c), input, options);
  const { paste } = stored;
  const envelope = paste.burnAfter !== null;
  c.header('ETag', etagOf(paste, { envelope }));
  return c.json(envelope ? toEnvelopeDto(paste) : toWarnedDto(stored));
}

async function withContent(paste: PasteRecord): Promise<PasteDto> {
  const dto = toPasteDto(paste);
  const texts = await Promise.all(paste.files.map(readFileText));
  return { ...dto, files: dto.files.map((file, index) => ({ ...file, content: texts[index] ?? '' })) };
}
