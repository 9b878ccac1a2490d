import { hideSchema } from '../../pastes/schema';
import { hideOne, showOne } from '../../reports/hide';
import { empty, json, notFound, problemAnswer, slugOf, slugParams } from '../answers';
import { parseJson } from '../body';
import { type ApiApp, memberOf } from '../context';
import { addRoute } from '../route';

const changed = problemAnswer('The paste was changed or decided at the same time', 'conflict');
const PATH = '/api/v1/pastes/{slug}/hide';

/** What moderators do about a paste that should not be seen. */
export function addHidingRoutes(app: ApiApp): void {
  addRoute(app, {
    method: 'post',
    path: PATH,
    operationId: 'hidePaste',
    summary: 'Hide a paste from everyone but its owner, who sees the reason; moderators only',
    access: 'moderator',
    scope: 'pastes:write',
    request: { params: slugParams, body: json(hideSchema) },
    responses: { 204: empty('Hidden'), 404: notFound, 409: changed },
    limit: 'read-api',
    handle: async (c) => {
      const { reason } = await parseJson(c, hideSchema);
      await hideOne(slugOf(c), reason, memberOf(c));
      return c.body(null, 204);
    },
  });

  addRoute(app, {
    method: 'delete',
    path: PATH,
    operationId: 'unhidePaste',
    summary: 'Show a hidden paste again; moderators only',
    access: 'moderator',
    scope: 'pastes:write',
    request: { params: slugParams },
    responses: {
      204: empty('Visible again'),
      404: notFound,
      409: changed,
      422: problemAnswer('Reports of your own paste are for an admin to decide', 'validation_failed'),
    },
    limit: 'read-api',
    handle: async (c) => {
      await showOne(slugOf(c), memberOf(c));
      return c.body(null, 204);
    },
  });
}
