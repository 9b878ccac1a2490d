import { z } from 'zod';
import { requestEmailChange } from '../../accounts/change-email';
import { changePassword } from '../../accounts/change-password';
import { deleteAccount } from '../../accounts/delete-account';
import { updateProfile } from '../../accounts/update-profile';
import { toPublicUserDto, toUserDto } from '../../accounts/users/dto';
import { findUserByUsername } from '../../accounts/users/queries';
import {
  changeEmailSchema,
  changePasswordSchema,
  deleteAccountSchema,
  USER_READ_ONLY,
  updateProfileSchema,
  userSchema,
} from '../../accounts/users/schema';
import { now } from '../../core/clock';
import { AppError } from '../../core/errors';
import { requireUnchanged } from '../../core/read-only';
import { browseProfile } from '../../pastes/browse';
import { toListedDto } from '../../pastes/dto';
import { pastePageSchema } from '../../pastes/dto-schema';
import { listPastesSchema } from '../../pastes/list-schema';
import { empty, invalid, json, notFound, ok, problemAnswer } from '../answers';
import { parseJson, parseQuery } from '../body';
import { type ApiApp, type ApiContext, callerOf, memberOf } from '../context';
import { addRoute } from '../route';
import { addExportRoutes } from './export';
import { addOwnAvatarRoutes } from './own-avatar';
import { addOwnPasteRoutes } from './own-pastes';
import { addPersonalTokenRoutes } from './personal-tokens';
import { addSessionRoutes } from './sessions';

const usernameParams = z.object({ username: z.string() });
const profileQuerySchema = listPastesSchema.pick({ limit: true, cursor: true });
const profileSchema = userSchema.extend({ pastes: pastePageSchema }).meta({ id: 'Profile' });
const passwordWrong = problemAnswer(
  'Wrong password; or no valid credentials',
  'wrong_password',
  'unauthorized',
);

/** `/users/me` and below, and public profiles. */
export function addUserRoutes(app: ApiApp): void {
  addRoute(app, {
    method: 'get',
    path: '/api/v1/users/me',
    operationId: 'getMe',
    summary: 'Get the signed-in user',
    access: 'member',
    scope: 'account',
    responses: { 200: ok('The user', userSchema) },
    limit: 'read-api',
    handle: (c) => c.json(toUserDto(memberOf(c).user)),
  });

  addRoute(app, {
    method: 'patch',
    path: '/api/v1/users/me',
    operationId: 'updateMe',
    summary: 'Update username, name or language',
    access: 'member',
    scope: 'account',
    request: { body: json(updateProfileSchema) },
    responses: {
      200: ok('The updated object', userSchema),
      409: problemAnswer('The username is taken', 'username_taken'),
    },
    limit: 'change-profile',
    handle: async (c) => {
      const input = await parseJson(c, updateProfileSchema);
      const { user } = memberOf(c);
      requireUnchanged(USER_READ_ONLY, { sent: input, current: toUserDto(user) });
      return c.json(toUserDto(await updateProfile(user.id, input)));
    },
  });

  addRoute(app, {
    method: 'delete',
    path: '/api/v1/users/me',
    operationId: 'deleteMe',
    summary: 'Delete the account and its pastes',
    access: 'member',
    scope: 'session',
    request: { body: json(deleteAccountSchema) },
    responses: {
      204: empty('Deleted'),
      401: passwordWrong,
      409: problemAnswer('The last admin must appoint another first', 'last_admin'),
    },
    limit: 'by-handler',
    handle: async (c) => {
      const { password } = await parseJson(c, deleteAccountSchema);
      await deleteAccount(memberOf(c), password);
      return c.body(null, 204);
    },
  });

  addRoute(app, {
    method: 'post',
    path: '/api/v1/auth/change-password',
    operationId: 'changePassword',
    summary:
      'Change the password; ends every other session, and personal tokens unless `end_tokens` is false',
    access: 'member',
    scope: 'session',
    request: { body: json(changePasswordSchema) },
    responses: { 204: empty('Set'), 401: passwordWrong },
    limit: 'by-handler',
    handle: async (c) => {
      await changePassword(memberOf(c), await parseJson(c, changePasswordSchema));
      return c.body(null, 204);
    },
  });

  addRoute(app, {
    method: 'post',
    path: '/api/v1/auth/change-email',
    operationId: 'changeEmail',
    summary: 'Request a change of email; the new one must be confirmed by an emailed link',
    access: 'member',
    scope: 'session',
    request: { body: json(changeEmailSchema) },
    responses: {
      202: empty('An email with a link is on its way; the old address is notified'),
      401: passwordWrong,
    },
    limit: 'by-handler',
    handle: async (c) => {
      await requestEmailChange(memberOf(c), await parseJson(c, changeEmailSchema));
      return c.body(null, 202);
    },
  });

  addOwnAvatarRoutes(app);
  addOwnPasteRoutes(app);
  addExportRoutes(app);
  addSessionRoutes(app);
  addPersonalTokenRoutes(app);

  addRoute(app, {
    method: 'get',
    path: '/api/v1/users/{username}',
    operationId: 'getMember',
    summary: 'Get a user and their public pastes, newest first',
    scope: 'pastes:read',
    request: { params: usernameParams, query: profileQuerySchema },
    responses: { 200: ok('The member', profileSchema), 404: notFound, 422: invalid },
    limit: 'read-api',
    handle: getProfile,
  });
}

async function getProfile(c: ApiContext): Promise<Response> {
  const query = parseQuery(c, profileQuerySchema);
  const user = await findUserByUsername(c.req.param('username') ?? '');
  // Unconfirmed accounts have no public profile.
  if (!user || user.emailVerified === null || user.bannedAt !== null) throw new AppError('not_found');
  const page = await browseProfile({ ...query, ownerId: user.id }, { caller: callerOf(c), at: now() });
  const items = page.items.map((paste) => toListedDto(paste, { envelope: false }));
  return c.json({ ...toPublicUserDto(user), pastes: { items, next_cursor: page.nextCursor } });
}
