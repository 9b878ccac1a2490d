import { createHash } from 'node:crypto';
import { z } from '@hono/zod-openapi';
import { accepts } from 'hono/accepts';
import { now } from '../../core/clock';
import { AppError } from '../../core/errors';
import { limitSubject } from '../../core/http/client-address';
import { browseFeed } from '../../pastes/browse';
import { type CreatedPaste, createPaste, createSecretPaste } from '../../pastes/create';
import { deletePaste } from '../../pastes/delete';
import { etagOf, toEnvelopeDto, toListedDto, toPasteDto } from '../../pastes/dto';
import { type CreateOnce, nameCreate } from '../../pastes/idempotency';
import { hasCredential, isIndexable } from '../../pastes/policy';
import type { PasteRecord } from '../../pastes/queries';
import { readFileText, readPaste } from '../../pastes/read';
import {
  type CreatePaste,
  createPasteSchema,
  listPastesSchema,
  type PasteDto,
  pastePageSchema,
  pasteSchema,
  updatePasteSchema,
} from '../../pastes/schema';
import { createSecretPasteSchema, updateSecretPasteSchema } from '../../pastes/secret-schema';
import { updatePaste, updateSecretPaste } from '../../pastes/update';
import {
  anyJson,
  anyRoute,
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
  slugOf,
  slugParams,
  unchanged,
} from '../answers';
import { MAX_BODY_BYTES, mediaType, parseJson, parseQuery } from '../body';
import { isHeld } from '../conditional';
import { type ApiApp, type ApiContext, addRoute, callerOf, recordOpenedBy } from '../context';
import type { FormPart } from '../form';
import { readingSlot } from '../middleware/large-reads';
import { limited } from '../middleware/limited';
import { CREATE_PASTE_EXAMPLES } from '../openapi-examples';
import { headersOf } from '../openapi-headers';
import { toWarnedDto } from '../warned-paste';
import { createdAnswer } from './created';
import { addHidingRoutes } from './hiding';
import { readMetadata } from './metadata';
import { sendRaw } from './raw';
import { addRevealRoute } from './reveal';
import { isSecretForm, parseSecretForm } from './secret-form';
import { parseTerminalPaste, readPasteForm } from './terminal';

const fileParams = slugParams.extend({ n: positionParam });
const readQuerySchema = z.strictObject({ content: z.enum(['0', '1']).optional() });
export const pasteKeyHeader = z.object({
  'idempotency-key': z.string().optional().meta({
    description:
      'Makes retries safe: within 24 hours, the same request with the same key creates nothing and gets the first response, including its edit key. A different request with the key is a 422. Keys are scoped to the caller; 1 to 255 printable ASCII characters.',
    example: '4f6b1c0e-8a57-4c9d-9a55-0d2f6a1b7c33',
  }),
});

const created = {
  ...ok('Created. `edit_key` is not shown again', pasteSchema),
  headers: headersOf('Location', 'ETag', 'Idempotent-Replayed?'),
};
const anyText = {
  ...anyJson,
  413: problemAnswer('More than 4 MiB of text', 'too_large'),
  429: problemAnswer(
    'Too many requests; or, without an account, too many texts that promote links',
    'rate_limited',
    'link_spam_limited',
  ),
  507: problemAnswer('Too little space is left, or the instance is full', 'storage_full', 'instance_full'),
};
const compressed = problemAnswer('A compressed body', 'unsupported_media_type');
const slugTaken = problemAnswer('The custom link is taken or was used before', 'slug_taken');
/** The error responses of a create, whatever its body is. */
export const createRejections = { ...anyRoute, ...anyText, 409: slugTaken, 415: compressed };
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
  addRoute(
    app,
    {
      method: 'post',
      path: '/api/v1/pastes',
      operationId: 'createPaste',
      summary: 'Create a paste',
      description:
        'A form with `encryption`, `payload` and `proof_hash` creates a secret paste, which the server cannot read; with `Accept: application/json` the response is the paste. Any other body is taken and answered as by `POST /uploads`, with plain text.',
      scope: 'pastes:write',
      request: {
        headers: pasteKeyHeader,
        body: {
          required: true,
          content: {
            'application/json': { schema: createPasteSchema, examples: CREATE_PASTE_EXAMPLES },
            'multipart/form-data': { schema: createSecretPasteSchema },
          },
        },
      },
      responses: { 201: created, ...createRejections },
    },
    limited('change-pastes'),
    postPaste,
  );

  addRoute(
    app,
    {
      method: 'get',
      path: '/api/v1/pastes',
      operationId: 'listPastes',
      summary: 'List public pastes, newest first',
      scope: 'pastes:read',
      request: { query: listPastesSchema },
      responses: { 200: ok('A page', pastePageSchema), ...anyRoute, 422: invalid },
    },
    limited('read-api'),
    async (c) => {
      const page = await browseFeed(parseQuery(c, listPastesSchema), { caller: callerOf(c), at: now() });
      return c.json({
        items: page.items.map((paste) => toListedDto(paste, { envelope: false })),
        next_cursor: page.nextCursor,
      });
    },
  );

  addRoute(
    app,
    {
      method: 'get',
      path: '/api/v1/pastes/{slug}',
      operationId: 'getPaste',
      summary: 'Get a paste and its files, with `?content=1` also their text',
      scope: 'pastes:read',
      request: { params: slugParams, query: readQuerySchema, headers: ifNoneMatchHeader },
      responses: {
        200: { ...ok('The paste', pasteSchema), headers: headersOf('ETag', 'X-Robots-Tag?') },
        304: { ...unchanged, headers: headersOf('ETag', 'X-Robots-Tag?') },
        ...anyRoute,
        403: revealRequired,
        404: notFound,
        422: invalid,
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
        ...anyRoute,
        ...anyText,
        404: notFound,
        409: problemAnswer('Another request is changing the paste', 'conflict'),
        412: stale,
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
      operationId: 'deletePaste',
      summary: 'Delete a paste',
      scope: 'pastes:write',
      request: { params: slugParams, headers: editKeyHeader.extend(ifMatchHeader.shape) },
      responses: { 204: empty('Deleted'), ...anyRoute, 404: notFound, 412: stale },
    },
    limited('read-api'),
    async (c) => {
      await deletePaste(slugOf(c), callerOf(c), { ifMatch: c.req.header('if-match') });
      return c.body(null, 204);
    },
  );

  addRoute(
    app,
    {
      method: 'get',
      path: '/api/v1/pastes/{slug}/raw',
      operationId: 'getRaw',
      summary: 'Get the bytes of the first file, or the ciphertext of a secret paste',
      scope: 'pastes:read',
      request: { params: slugParams, headers: ifNoneMatchHeader },
      responses: anyBytes,
    },
    (c) => sendRaw(c, '1'),
  );

  addRoute(
    app,
    {
      method: 'get',
      path: '/api/v1/pastes/{slug}/files/{n}/raw',
      operationId: 'getRawFile',
      summary: 'Get the bytes of file `n`, counted from 1',
      scope: 'pastes:read',
      request: { params: fileParams, headers: ifNoneMatchHeader },
      responses: anyBytes,
    },
    (c) => sendRaw(c, c.req.param('n') ?? ''),
  );

  addRevealRoute(app);
  addHidingRoutes(app);
}

/** JSON, or a body that is taken as an upload. */
export async function postPaste(c: ApiContext): Promise<Response> {
  if (mediaType(c) !== 'application/json') return postUpload(c);
  const input = await parseJson(c, createPasteSchema, { max: MAX_BODY_BYTES });
  return answerCreated(c, { input, isJson: true });
}

/** A form of files or of a secret paste, or the text itself. */
export async function postUpload(c: ApiContext): Promise<Response> {
  const form = mediaType(c) === 'multipart/form-data' ? await readPasteForm(c) : null;
  if (form && isSecretForm(form)) return postSecretPaste(c, form);
  return answerCreated(c, { input: await parseTerminalPaste(c, form), isJson: false });
}

/** Stores a paste and answers 201: JSON with the paste, or the link as text. */
export async function answerCreated(
  c: ApiContext,
  { input, isJson }: { input: CreatePaste; isJson: boolean },
): Promise<Response> {
  const stored = await createPaste(input, callerOf(c), { once: onceOf(c, { isJson, input }) });
  return sendCreated(c, stored, isJson);
}

async function postSecretPaste(c: ApiContext, form: readonly FormPart[]): Promise<Response> {
  const input = parseSecretForm(c, form, createSecretPasteSchema);
  const { payload, lock, ...settings } = input;
  const once = onceOf(c, { ...settings, payload: digest(payload), lock: lock && digest(lock) });
  const stored = await createSecretPaste(input, callerOf(c), { once });
  const preferred = accepts(c, {
    header: 'Accept',
    supports: ['text/plain', 'application/json'],
    default: 'text/plain',
  });
  return sendCreated(c, stored, preferred === 'application/json');
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function sendCreated(c: ApiContext, stored: CreatedPaste, isJson: boolean): Response {
  const { status, headers, body } = createdAnswer(stored, isJson);
  return c.newResponse(body, status, headers);
}

/** The create that `Idempotency-Key` identifies, if set, scoped to the user or the client's address. */
function onceOf(c: ApiContext, input: unknown): CreateOnce | undefined {
  const key = c.req.header('idempotency-key');
  if (key === undefined) return undefined;
  const { user, address } = callerOf(c);
  return nameCreate(key, { caller: user?.id ?? limitSubject(address), input });
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
  const stored =
    mediaType(c) === 'multipart/form-data'
      ? await updateSecretPaste(
          slugOf(c),
          parseSecretForm(c, await readPasteForm(c), updateSecretPasteSchema),
          options,
        )
      : await updatePaste(slugOf(c), await parseJson(c, updatePasteSchema, { max: MAX_BODY_BYTES }), options);
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
