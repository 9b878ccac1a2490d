import { methodNotAllowed } from 'hono/method-not-allowed';
import { type FailedRequest, toAppError } from '../core/app-error';
import { AppError } from '../core/errors';
import { logDenial } from '../core/security-log';
import { asMembersOnly } from '../pastes/members-only';
import { type ApiApp, type ApiContext, callerOf, createApp, denialOf, routeOf } from './context';
import { answer } from './middleware/answer';
import { authenticate, authenticateBrowser } from './middleware/authenticate';
import { crossOrigin } from './middleware/cross-origin';
import { freshSettings } from './middleware/fresh-settings';
import { largeBodies } from './middleware/large-bodies';
import { largeReads } from './middleware/large-reads';
import { identify } from './middleware/request-id';
import { problem, wrongMethod } from './problem';

/** What pages link to, so that a browser's session opens it. */
const BROWSER_PATHS = [
  '/:slug/raw',
  '/:slug/raw/:n',
  '/:slug/download',
  '/:slug/lock',
  '/:slug/reveal',
  '/settings/export',
];

function requestOf(c: ApiContext): FailedRequest {
  return { id: c.get('requestId'), method: c.req.method, route: routeOf(c) };
}

/** What is no paste and no profile: metrics, avatars. */
const OF_OPERATION = /^\/api\/(?!v1\/)/;

/** An app of these routes, behind what every request passes. */
export function createApi(...routes: ((app: ApiApp) => void)[]): ApiApp {
  const app = createApp();
  app.use(identify);
  app.use(answer);
  app.use(freshSettings);
  app.use('/api/v1/*', crossOrigin);
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: wrongMethod,
    }),
  );
  app.use(largeBodies);
  app.use(largeReads);
  app.use('/api/v1/*', authenticate);
  for (const path of BROWSER_PATHS) app.use(path, authenticateBrowser);
  for (const add of routes) add(app);
  app.notFound((c) => problem(c, new AppError('not_found')));
  app.onError((error, c) => {
    const failed = toAppError(error, requestOf(c));
    const answered = OF_OPERATION.test(c.req.path) ? failed : asMembersOnly(failed, callerOf(c).user);
    logDenial(answered, denialOf(c));
    return problem(c, answered);
  });
  return app;
}
