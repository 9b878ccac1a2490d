import { z } from 'zod';
import { now } from '../../core/clock';
import { pageOf } from '../../core/page-schema';
import { toListedDto } from '../../pastes/dto';
import { pasteSchema } from '../../pastes/dto-schema';
import { listPastesSchema } from '../../pastes/list-schema';
import { decideRead } from '../../pastes/policy';
import { toShareDto } from '../../sharing/queries';
import { SHARE_ROLES } from '../../sharing/roles';
import { createShareSchema, shareListSchema, shareSchema, updateShareSchema } from '../../sharing/schema';
import { readShares, revokeShare, shareWithPerson, updateShare } from '../../sharing/service';
import { listSharedPastes, type SharedPaste } from '../../sharing/shared-pastes';
import {
  empty,
  idOf,
  idParams,
  invalid,
  json,
  notFound,
  ok,
  problemAnswer,
  sendPage,
  slugOf,
  slugParams,
} from '../answers';
import { parseJson, parseQuery } from '../body';
import { type ApiApp, type ApiContext, callerOf, memberOf, requireScope } from '../context';
import { idempotencyHeader, onceOf } from '../idempotency';
import { headersOf } from '../openapi-headers';
import { addRoute } from '../route';

const noQuerySchema = z.strictObject({});
const listSharedSchema = listPastesSchema.pick({ limit: true, cursor: true });
const sharedPasteSchema = pasteSchema
  .extend({ role: z.enum(SHARE_ROLES), shared_at: z.iso.datetime() })
  .meta({ id: 'SharedPaste' });
const sharedPageSchema = pageOf(sharedPasteSchema, 'SharedPage');

/** Sharing pastes with people, and what others share with oneself. */
export function addShareRoutes(app: ApiApp): void {
  addRoute(app, {
    method: 'get',
    path: '/api/v1/pastes/{slug}/shares',
    operationId: 'listShares',
    summary: 'List the people your paste is shared with',
    access: 'member',
    scope: 'pastes:read',
    request: { params: slugParams },
    responses: { 200: ok('All shares', shareListSchema), 404: notFound, 422: invalid },
    limit: 'read-api',
    handle: async (c) => {
      parseQuery(c, noQuerySchema);
      const shares = await readShares(slugOf(c), callerOf(c));
      return c.json({ items: shares.map(toShareDto), next_cursor: null });
    },
  });

  addRoute(app, {
    method: 'post',
    path: '/api/v1/pastes/{slug}/shares',
    operationId: 'sharePaste',
    summary: 'Share your paste with a person, or change their role',
    access: 'member',
    scope: 'pastes:write',
    request: { params: slugParams, headers: idempotencyHeader, body: json(createShareSchema) },
    responses: {
      201: { ...ok('The updated object', shareSchema), headers: headersOf('Idempotent-Replayed?') },
      404: notFound,
      409: problemAnswer('The first request with this key is being processed', 'conflict'),
    },
    limit: 'read-api',
    handle: async (c) => {
      const input = await parseJson(c, createShareSchema);
      if (input.contact_id !== undefined) requireScope(c, 'contacts');
      const slug = slugOf(c);
      const once = onceOf(c, { operation: 'sharePaste', input: { slug, ...input } });
      const { made, replayed } = await shareWithPerson(slug, input, { caller: callerOf(c), once });
      if (replayed) c.header('Idempotent-Replayed', 'true');
      return c.json(toShareDto(made), 201);
    },
  });

  addRoute(app, {
    method: 'patch',
    path: '/api/v1/shares/{id}',
    operationId: 'updateShare',
    summary: 'Change the role of a share',
    access: 'member',
    scope: 'pastes:write',
    request: { params: idParams, body: json(updateShareSchema) },
    responses: { 200: ok('The updated object', shareSchema), 404: notFound },
    limit: 'read-api',
    handle: async (c) => {
      const id = idOf(c);
      const input = await parseJson(c, updateShareSchema);
      return c.json(toShareDto(await updateShare(id, input, memberOf(c).user.id)));
    },
  });

  addRoute(app, {
    method: 'delete',
    path: '/api/v1/shares/{id}',
    operationId: 'revokeShare',
    summary: 'Stop sharing a paste with a person',
    access: 'member',
    scope: 'pastes:write',
    request: { params: idParams },
    responses: { 204: empty('Deleted'), 404: notFound },
    limit: 'read-api',
    handle: async (c) => {
      await revokeShare(idOf(c), memberOf(c).user.id);
      return c.body(null, 204);
    },
  });

  addRoute(app, {
    method: 'get',
    path: '/api/v1/users/me/shared',
    operationId: 'listSharedPastes',
    summary: 'List pastes shared with you, newest first',
    access: 'member',
    scope: 'pastes:read',
    request: { query: listSharedSchema },
    responses: { 200: ok('A page', sharedPageSchema), 422: invalid },
    limit: 'read-api',
    handle: async (c) => {
      const { email } = memberOf(c).user;
      const page = await listSharedPastes(email, parseQuery(c, listSharedSchema), now());
      const items = page.items.map((shared) => toSharedDto(c, shared));
      return sendPage(c, { ...page, items });
    },
  });
}

function toSharedDto(c: ApiContext, { paste, role, sharedAt }: SharedPaste) {
  const granted = { ...paste, grant: { shareId: '', role, isOpened: true } };
  const decision = decideRead(callerOf(c), granted, { surface: 'metadata', now: now() });
  return {
    ...toListedDto(paste, { envelope: decision !== 'full' }),
    role,
    shared_at: sharedAt.toISOString(),
  };
}
