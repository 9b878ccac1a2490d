import { toSessionDto } from '../../accounts/sessions/dto';
import { listSessions } from '../../accounts/sessions/lists';
import { sessionListSchema } from '../../accounts/sessions/schema';
import { endOtherSessions, endSessionById } from '../../accounts/sessions/service';
import { now } from '../../core/clock';
import { empty, idOf, idParams, notFound, ok } from '../answers';
import { type ApiApp, memberOf } from '../context';
import { addRoute } from '../route';

/** Where one is signed in. */
export function addSessionRoutes(app: ApiApp): void {
  addRoute(app, {
    method: 'get',
    path: '/api/v1/users/me/sessions',
    operationId: 'listSessions',
    summary: 'List your sessions, most recently used first',
    access: 'member',
    scope: 'account',
    responses: { 200: ok('Browsers and API clients', sessionListSchema) },
    limit: 'read-api',
    handle: async (c) => {
      const { user, sessionId } = memberOf(c);
      const sessions = await listSessions(user.id, now());
      const items = sessions.map((one) => toSessionDto(one, sessionId));
      return c.json({ items, next_cursor: null });
    },
  });

  addRoute(app, {
    method: 'delete',
    path: '/api/v1/users/me/sessions',
    operationId: 'endOtherSessions',
    summary: 'Sign out everywhere else',
    access: 'member',
    scope: 'session',
    responses: { 204: empty('All other sessions have ended') },
    limit: 'read-api',
    handle: async (c) => {
      await endOtherSessions(memberOf(c));
      return c.body(null, 204);
    },
  });

  addRoute(app, {
    method: 'delete',
    path: '/api/v1/users/me/sessions/{id}',
    operationId: 'endSession',
    summary: 'End a session',
    access: 'member',
    scope: 'session',
    request: { params: idParams },
    responses: { 204: empty('Ended'), 404: notFound },
    limit: 'read-api',
    handle: async (c) => {
      await endSessionById(memberOf(c).user.id, idOf(c));
      return c.body(null, 204);
    },
  });
}
