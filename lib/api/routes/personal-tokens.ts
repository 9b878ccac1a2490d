import { createPersonalToken, listPersonalTokens, revokePersonalToken } from '../../accounts/tokens/personal';
import {
  createPersonalTokenSchema,
  MAX_PERSONAL_TOKENS,
  personalTokenListSchema,
  personalTokenSchema,
} from '../../accounts/tokens/schema';
import { empty, idOf, idParams, json, notFound, ok, problemAnswer } from '../answers';
import { parseJson } from '../body';
import { type ApiApp, memberOf } from '../context';
import { addRoute } from '../route';

/** Personal access tokens. They cannot create, list or revoke tokens. */
export function addPersonalTokenRoutes(app: ApiApp): void {
  addRoute(app, {
    method: 'get',
    path: '/api/v1/users/me/tokens',
    operationId: 'listPersonalTokens',
    summary: 'List your personal tokens, without their secrets',
    access: 'member',
    scope: 'session',
    responses: { 200: ok('All personal tokens', personalTokenListSchema) },
    limit: 'read-api',
    handle: async (c) => c.json({ items: await listPersonalTokens(memberOf(c).user.id), next_cursor: null }),
  });

  addRoute(app, {
    method: 'post',
    path: '/api/v1/users/me/tokens',
    operationId: 'createPersonalToken',
    summary: 'Create a personal token',
    access: 'member',
    scope: 'session',
    request: { body: json(createPersonalTokenSchema) },
    responses: {
      201: ok('Created; `token` is shown only once', personalTokenSchema),
      409: problemAnswer(`There are already ${MAX_PERSONAL_TOKENS}`, 'conflict'),
    },
    limit: 'change-profile',
    handle: async (c) => {
      const input = await parseJson(c, createPersonalTokenSchema);
      return c.json(await createPersonalToken(memberOf(c), input), 201);
    },
  });

  addRoute(app, {
    method: 'delete',
    path: '/api/v1/users/me/tokens/{id}',
    operationId: 'revokePersonalToken',
    summary: 'Revoke a personal token',
    access: 'member',
    scope: 'session',
    request: { params: idParams },
    responses: { 204: empty('Revoked'), 404: notFound },
    limit: 'read-api',
    handle: async (c) => {
      await revokePersonalToken(memberOf(c).user.id, idOf(c));
      return c.body(null, 204);
    },
  });
}
