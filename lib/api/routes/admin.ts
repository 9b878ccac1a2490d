import { deleteAccountSchema } from '../../accounts/users/schema';
import { inviteUser } from '../../admin/invite';
import { getUserOrThrow, listUsers } from '../../admin/queries';
import {
  invitationSchema,
  inviteSchema,
  listUsersSchema,
  managedUserPageSchema,
  managedUserSchema,
  updateUserSchema,
} from '../../admin/schema';
import { eraseUser, updateUser } from '../../admin/service';
import { now } from '../../core/clock';
import { empty, idOf, idParams, invalid, json, notFound, ok, problemAnswer, sendPage } from '../answers';
import { parseJson, parseQuery } from '../body';
import { type ApiApp, memberOf } from '../context';
import { addRoute } from '../route';

const lastAdmin = problemAnswer('The last admin cannot lose role or access', 'last_admin');

/** Accounts as admins see and change them. */
export function addAdminRoutes(app: ApiApp): void {
  addRoute(app, {
    method: 'get',
    path: '/api/v1/admin/users',
    operationId: 'listUsers',
    summary: 'List accounts, newest first; admins only',
    access: 'admin',
    scope: 'admin',
    request: { query: listUsersSchema },
    responses: { 200: ok('A page', managedUserPageSchema), 404: notFound, 422: invalid },
    limit: 'read-api',
    handle: async (c) => sendPage(c, await listUsers(parseQuery(c, listUsersSchema), now())),
  });

  addRoute(app, {
    method: 'get',
    path: '/api/v1/admin/users/{id}',
    operationId: 'getUser',
    summary: 'Get an account; admins only',
    access: 'admin',
    scope: 'admin',
    request: { params: idParams },
    responses: { 200: ok('The account', managedUserSchema), 404: notFound },
    limit: 'read-api',
    handle: async (c) => c.json(await getUserOrThrow(idOf(c), now())),
  });

  addRoute(app, {
    method: 'patch',
    path: '/api/v1/admin/users/{id}',
    operationId: 'updateUser',
    summary: 'Change the role or access of a user, or sign them out; admins only',
    access: 'admin',
    scope: 'admin',
    request: { params: idParams, body: json(updateUserSchema) },
    responses: {
      200: ok('The updated object', managedUserSchema),
      404: notFound,
      409: lastAdmin,
    },
    limit: 'read-api',
    handle: async (c) => {
      const id = idOf(c);
      const input = await parseJson(c, updateUserSchema);
      return c.json(await updateUser(id, input, memberOf(c).user));
    },
  });

  addRoute(app, {
    method: 'post',
    path: '/api/v1/admin/invitations',
    operationId: 'inviteUser',
    summary: 'Email a link that creates an account; admins only',
    description: 'For instances whose registration is by invitation. The link is valid for 14 days.',
    access: 'admin',
    scope: 'admin',
    request: { body: json(inviteSchema) },
    responses: {
      201: ok('The invitation, which is on its way', invitationSchema),
      404: notFound,
      409: problemAnswer('The email has an account', 'email_taken'),
    },
    limit: 'read-api',
    handle: async (c) => c.json(await inviteUser(memberOf(c), (await parseJson(c, inviteSchema)).email), 201),
  });

  addRoute(app, {
    method: 'delete',
    path: '/api/v1/admin/users/{id}',
    operationId: 'eraseUser',
    summary: 'Delete an account with everything in it; admins only',
    description: 'The body has your own password.',
    access: 'admin',
    scope: 'session',
    request: { params: idParams, body: json(deleteAccountSchema) },
    responses: {
      204: empty('Deleted'),
      401: problemAnswer('Wrong password; or no valid credentials', 'wrong_password', 'unauthorized'),
      404: notFound,
      409: lastAdmin,
    },
    limit: 'by-handler',
    handle: async (c) => {
      const id = idOf(c);
      await eraseUser(id, memberOf(c), (await parseJson(c, deleteAccountSchema)).password);
      return c.body(null, 204);
    },
  });
}
