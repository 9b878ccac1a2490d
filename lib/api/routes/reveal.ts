import { z } from 'zod';
import { toPasteDto } from '../../pastes/dto';
import { pasteSchema } from '../../pastes/dto-schema';
import { newNonce } from '../../pastes/nonce';
import { isIndexable } from '../../pastes/policy';
import { decodeBody } from '../../pastes/read';
import { nameReveal, type RevealOptions, readerOf, revealPaste } from '../../pastes/reveal';
import { revealSchema } from '../../pastes/schema';
import { anyJson, notFound, octets, problemAnswer, sendJson, slugOf, slugParams } from '../answers';
import { parseJson } from '../body';
import { type ApiApp, type ApiContext, callerOf, recordOpenedBy } from '../context';
import { readingSlot } from '../middleware/large-reads';
import { REVEALED_PASTE_EXAMPLE } from '../openapi-examples';
import { headersOf } from '../openapi-headers';
import { addRoute } from '../route';
import { sendBody } from './raw';

const nonceHeader = z.object({
  'idempotency-key': z.string().optional().meta({
    description:
      'A random key that makes a retry safe: for 60 seconds, the same key gets the same response and counts once. Keys are scoped to the caller; 16 to 128 printable ASCII characters.',
    example: '0f8f6a52-5f0e-4f0b-9d6d-6b8d1a0c2e11',
  }),
});

/** The deliberate read of a paste, which counts if it burns. */
export function addRevealRoute(app: ApiApp): void {
  addRoute(app, {
    method: 'post',
    path: '/api/v1/pastes/{slug}/reveal',
    operationId: 'revealPaste',
    summary: 'Read a paste that burns after reading; each call counts as a read',
    description:
      'Returns the paste with the text of its files. `reads` is the number of this read. After the last read the paste is deleted, and only a retry with the same key gets it for 60 seconds. A paste that does not burn is returned without counting. A secret paste needs `proof` and is returned as its ciphertext; without the right proof nothing is counted.',
    scope: 'pastes:read',
    request: {
      params: slugParams,
      headers: nonceHeader,
      // A proof is right for one paste, and wrong for one that is not secret.
      body: { required: false, content: { 'application/json': { schema: revealSchema, example: {} } } },
    },
    responses: {
      200: {
        description: 'The paste with its text',
        content: {
          'application/json': { schema: pasteSchema, example: REVEALED_PASTE_EXAMPLE },
          ...octets('The ciphertext of a secret paste.'),
        },
        headers: headersOf('X-Robots-Tag?', 'Idempotent-Replayed?'),
      },
      ...anyJson,
      403: problemAnswer(
        'Insufficient scope; or the key was used more than 60 seconds ago: use a new one; or the proof of a secret paste is missing or wrong',
        'insufficient_scope',
        'reveal_required',
        'proof_required',
      ),
      404: notFound,
      409: problemAnswer('Another request is changing the paste', 'conflict'),
    },
    limit: 'read-api',
    handle: postReveal,
  });
}

async function postReveal(c: ApiContext): Promise<Response> {
  const caller = callerOf(c);
  const nonce = c.req.header('idempotency-key') ?? newNonce();
  return answerReveal(c, {
    caller,
    nonceHash: nameReveal(nonce, readerOf(caller)),
    proof: await readProof(c),
    beforeReading: (stored) => readingSlot(c, stored),
  });
}

/** Of the body, which only a secret paste needs. */
async function readProof(c: ApiContext): Promise<unknown> {
  const hasBody = c.req.header('content-type') !== undefined && c.req.header('content-length') !== '0';
  return hasBody ? (await parseJson(c, revealSchema)).proof : undefined;
}

/** Reveals a paste: JSON with the text, or the ciphertext. */
export async function answerReveal(c: ApiContext, options: RevealOptions): Promise<Response> {
  const { paste, bodies, isRepeat, grant } = await revealPaste(slugOf(c), options);
  recordOpenedBy(c, grant);
  if (!isIndexable(paste)) c.header('X-Robots-Tag', 'noindex');
  if (isRepeat) c.header('Idempotent-Replayed', 'true');
  const [body] = bodies;
  if (paste.isSecret && body) return sendBody(c, { paste, body });
  const dto = toPasteDto(paste);
  const files = dto.files.map((file, index) => ({ ...file, content: decodeBody(bodies[index]) }));
  return sendJson(c, { ...dto, files });
}
