import { createHash } from 'node:crypto';
import { accepts } from 'hono/accepts';
import { z } from 'zod';
import { limitSubject } from '../../core/http/client-address';
import type { NamedRequest } from '../../core/idempotency';
import { type CreatedPaste, createPaste, createSecretPaste } from '../../pastes/create';
import { pasteSchema } from '../../pastes/dto-schema';
import { nameCreate } from '../../pastes/idempotency';
import { type CreatePaste, createPasteSchema } from '../../pastes/schema';
import { createSecretPasteSchema } from '../../pastes/secret-schema';
import { anyText, ok, problemAnswer } from '../answers';
import { MAX_BODY_BYTES, mediaType, parseJson } from '../body';
import { type ApiApp, type ApiContext, callerOf } from '../context';
import type { FormPart } from '../form-part';
import { CREATE_PASTE_EXAMPLES } from '../openapi-examples';
import { headersOf } from '../openapi-headers';
import { addRoute } from '../route';
import { createdAnswer } from './created';
import { isSecretForm, parseSecretForm } from './secret-form';
import { parseTerminalPaste, readPasteForm } from './terminal';

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
const compressed = problemAnswer('A compressed body', 'unsupported_media_type');
const slugTaken = problemAnswer('The custom link is taken or was used before', 'slug_taken');
/** The error responses of a create, whatever its body is. */
export const createRejections = { ...anyText, 409: slugTaken, 415: compressed };

export function addCreateRoute(app: ApiApp): void {
  addRoute(app, {
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
    limit: 'change-pastes',
    handle: postPaste,
  });
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
function onceOf(c: ApiContext, input: unknown): NamedRequest | undefined {
  const key = c.req.header('idempotency-key');
  if (key === undefined) return undefined;
  const { user, address } = callerOf(c);
  return nameCreate(key, { caller: user?.id ?? limitSubject(address), input });
}
