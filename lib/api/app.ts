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
import { addOpenApiRoute } from './openapi';
import { problem, wrongMethod } from './problem';
import { addAdminRoutes } from './routes/admin';
import { addApprovalRoutes } from './routes/approvals';
import { addAuditRoutes } from './routes/audit';
import { addAuthRoutes } from './routes/auth';
import { addAvatarRoutes } from './routes/avatars';
import { addComposerRoutes } from './routes/composer';
import { addContactRoutes } from './routes/contacts';
import { addHasteRoutes } from './routes/haste';
import { addLinkRoutes } from './routes/links';
import { addLogoutRoute } from './routes/logout';
import { addOperationRoutes } from './routes/operations';
import { addPasteFormRoutes } from './routes/paste-forms';
import { addPasteRoutes } from './routes/pastes';
import { addPreferenceRoutes } from './routes/preferences';
import { addRawRoutes } from './routes/raw';
import { addReportRoutes } from './routes/reports';
import { addRevisionRoutes } from './routes/revisions';
import { addSecretRoutes } from './routes/secret';
import { addSecurityTextRoute } from './routes/security-text';
import { addSettingsRoutes } from './routes/settings';
import { addShareRoutes } from './routes/shares';
import { addUploadRoute } from './routes/uploads';
import { addUserRoutes } from './routes/users';

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

/** Everything of Sheaf that is not a page: the same app under Next's route files and under the front. */
export const api = createApi();

function createApi(): ApiApp {
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
  addAuthRoutes(app);
  addUserRoutes(app);
  addAdminRoutes(app);
  addApprovalRoutes(app);
  addAuditRoutes(app);
  addSettingsRoutes(app);
  addContactRoutes(app);
  addAvatarRoutes(app);
  addPasteRoutes(app);
  addUploadRoute(app);
  addShareRoutes(app);
  addRevisionRoutes(app);
  addReportRoutes(app);
  addRawRoutes(app);
  addHasteRoutes(app);
  addSecretRoutes(app);
  addLinkRoutes(app);
  addComposerRoutes(app);
  addPasteFormRoutes(app);
  addPreferenceRoutes(app);
  addLogoutRoute(app);
  addOperationRoutes(app);
  addSecurityTextRoute(app);
  addOpenApiRoute(app);
  app.notFound((c) => problem(c, new AppError('not_found')));
  app.onError((error, c) => {
    const failed = toAppError(error, requestOf(c));
    const answered = OF_OPERATION.test(c.req.path) ? failed : asMembersOnly(failed, callerOf(c).user);
    logDenial(answered, denialOf(c));
    return problem(c, answered);
  });
  return app;
}
