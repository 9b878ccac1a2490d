import { createHash } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { AppError } from '../../core/errors';
import { FOREIGN_FORM, isForeignForm } from '../../core/http/foreign-form';
import { findLock } from '../../pastes/queries';
import { readPaste } from '../../pastes/read';
import { ifNoneMatchHeader, notFound, octets, slugOf, slugParams, unchanged } from '../answers';
import { isHeld } from '../conditional';
import { type ApiApp, type ApiContext, type ApiEnv, callerOf, guard } from '../context';
import { limited } from '../middleware/limited';
import { headersOf } from '../openapi-headers';
import { addRoute } from '../route';
import { readRevealForm, sendBody } from './raw';
import { answerReveal } from './reveal';

const headers = headersOf('ETag', 'X-Robots-Tag?');

/** What only secret pastes have, for the API and their page. */
export function addSecretRoutes(app: ApiApp): void {
  addRoute(app, {
    method: 'get',
    path: '/api/v1/pastes/{slug}/lock',
    operationId: 'getLock',
    summary: 'Get the lock of a secret paste with a password: its encrypted key',
    scope: 'pastes:read',
    request: { params: slugParams, headers: ifNoneMatchHeader },
    responses: {
      200: { description: 'A file in the binary age v1 format', headers, content: octets('The lock.') },
      304: { ...unchanged, headers },
      404: notFound,
    },
    limit: 'read-api',
    handle: sendLock,
  });
  app.get('/:slug/lock', guard({ scope: 'pastes:read' }), sendLock);
  app.post(
    '/:slug/reveal',
    rejectForeign,
    guard({ scope: 'pastes:read' }),
    limited('read-api'),
    revealForPage,
  );
}

async function sendLock(c: ApiContext): Promise<Response> {
  const { paste } = await readPaste(slugOf(c), { caller: callerOf(c), surface: 'metadata' });
  const body = paste.encryption?.hasLock ? await findLock(paste.id) : null;
  if (!body) throw new AppError('not_found');
  c.header('X-Robots-Tag', 'noindex');
  if (isHeld(c, `"${createHash('sha256').update(body).digest('hex')}"`)) return c.body(null, 304);
  return sendBody(c, { paste, body });
}

const rejectForeign: MiddlewareHandler<ApiEnv> = async (c, next) => {
  if (isForeignForm(c.req.raw.headers)) return c.text(FOREIGN_FORM, 403);
  return next();
};

/** The ciphertext of a burning paste for the script of its page, which has made the proof. */
async function revealForPage(c: ApiContext): Promise<Response> {
  const { form, options } = await readRevealForm(c);
  return answerReveal(c, { ...options, proof: form.get('proof') ?? '' });
}
