import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { requestId } from 'hono/request-id';
import { toAppError } from '../app-error';
import { env } from '../env';
import { AppError } from '../errors';
import { MAX_BODY_BYTES } from './body';
import { type ApiApp, createApp } from './context';
import { answer } from './middleware/answer';
import { problem } from './problem';
import { addOperationRoutes } from './routes/operations';
import { addPasteRoutes } from './routes/pastes';
import { addRawRoutes } from './routes/raw';
import { addRevisionRoutes } from './routes/revisions';

/** Everything of Sheaf that is not a page: the same app under Next's route files and under the front. */
export const api = createApi();

function createApi(): ApiApp {
  const app = createApp();
  app.use(requestId({ limitLength: 64 }));
  app.use(answer);
  app.use('/api/v1/*', async (c, next) => {
    const allowHeaders = ['Authorization', 'Content-Type', 'Idempotency-Key', 'If-Match', 'X-Edit-Key'];
    const exposeHeaders = [
      'ETag',
      'Location',
      'RateLimit',
      'RateLimit-Policy',
      'Retry-After',
      'X-Edit-Key',
      'X-Request-Id',
    ];
    return cors({ origin: env().CORS_ORIGINS, allowHeaders, exposeHeaders, maxAge: 600 })(c, next);
  });
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) => {
        const answered = problem(c, new AppError('method_not_allowed'));
        answered.headers.set('Allow', methods.join(', '));
        return answered;
      },
    }),
  );
  app.use(
    bodyLimit({
      maxSize: MAX_BODY_BYTES,
      onError: () => {
        throw new AppError('too_large');
      },
    }),
  );
  addPasteRoutes(app);
  addRevisionRoutes(app);
  addRawRoutes(app);
  addOperationRoutes(app);
  app.get('/api/v1/openapi.json', (c) =>
    c.json(
      app.getOpenAPI31Document({
        openapi: '3.1.0',
        info: { title: 'Sheaf', version: '1', description: 'Text goes in, a short link comes out.' },
        servers: [{ url: env().APP_URL }],
      }),
    ),
  );
  app.notFound((c) => problem(c, new AppError('not_found')));
  app.onError((error, c) => problem(c, toAppError(error)));
  return app;
}
