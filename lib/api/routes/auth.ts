import { z } from 'zod';
import { confirmEmail, resendVerification } from '../../accounts/confirm-email';
import { registerUser } from '../../accounts/register';
import { requestPasswordReset, resetPassword } from '../../accounts/reset-password';
import { endSession } from '../../accounts/sessions/service';
import { checkCredentials } from '../../accounts/sign-in/credentials';
import { endFamily, refreshPair, startFamily } from '../../accounts/tokens/pairs';
import { logOutSchema, refreshSchema, tokenPairSchema } from '../../accounts/tokens/schema';
import { toUserDto } from '../../accounts/users/dto';
import {
  loginSchema,
  mailAddressSchema,
  registerSchema,
  resetPasswordSchema,
  userSchema,
  verifyEmailSchema,
} from '../../accounts/users/schema';
import type { UserRecord } from '../../core/caller';
import { AppError } from '../../core/errors';
import { localeForHeader } from '../../core/i18n/locale';
import { anyJson, empty, json, ok, problemAnswer } from '../answers';
import { parseJson, parseOptionalJson } from '../body';
import { type ApiApp, type ApiContext, callerOf } from '../context';
import { addRoute } from '../route';

const registeredSchema = z.object({ user: userSchema, token: z.null() }).meta({ id: 'Registered' });
const signedInSchema = z.object({ user: userSchema, token: tokenPairSchema }).meta({ id: 'SignedIn' });
const refreshedSchema = z.object({ token: tokenPairSchema }).meta({ id: 'Refreshed' });

const alwaysAlike = empty('Always the same; an email is sent if the account allows it');
const notInForce = problemAnswer(
  'The token is unknown, expired, used or replaced; or the JSON is malformed',
  'invalid_token',
  'malformed_json',
  'malformed_body',
);

/** Accounts by API: registration, sign-in and sign-out, and password reset. */
export function addAuthRoutes(app: ApiApp): void {
  addRoute(app, {
    method: 'post',
    path: '/api/v1/auth/register',
    operationId: 'register',
    summary: 'Create an account; its email must be confirmed before use',
    description:
      'A 409 for the email of an unconfirmed account with a different password invalidates that password: the email ' +
      'gets a link that sets a new one.',
    request: { body: json(registerSchema) },
    responses: {
      201: ok('Created; an email with a link is on its way', registeredSchema),
      409: problemAnswer('The email or username is taken', 'email_taken', 'username_taken'),
    },
    limit: 'register',
    handle: async (c) => {
      const locale = localeForHeader(c.req.header('accept-language'));
      const { address } = callerOf(c);
      const user = await registerUser(await parseJson(c, registerSchema), { locale, address });
      return c.json({ user: toUserDto(user), token: null }, 201);
    },
  });

  addRoute(app, {
    method: 'post',
    path: '/api/v1/auth/verify-email',
    operationId: 'verifyEmail',
    summary: 'Confirm an email with the emailed token and the password, and sign in',
    description:
      'The password is the one the account was registered with. A wrong one counts as a failed sign-in and ' +
      'leaves the token usable. If you do not know it, use `forgot-password` and `reset-password`, ' +
      'which also confirms the email.',
    request: { body: json(verifyEmailSchema) },
    responses: {
      200: ok('Confirmed', signedInSchema),
      400: notInForce,
      401: problemAnswer(
        'Wrong password for this account; or invalid credentials',
        'invalid_credentials',
        'unauthorized',
      ),
      403: problemAnswer(
        'The account is banned; or insufficient scope',
        'account_banned',
        'insufficient_scope',
      ),
      409: problemAnswer('Another account uses this email', 'email_taken'),
    },
    limit: 'verify',
    handle: async (c) => {
      const { user, passwordOf } = await confirmEmail(await parseJson(c, verifyEmailSchema), callerOf(c));
      return signIn(c, user, { passwordOf });
    },
  });

  addRoute(app, {
    method: 'post',
    path: '/api/v1/auth/resend-verification',
    operationId: 'resendVerification',
    summary: 'Request another confirmation email',
    request: { body: json(mailAddressSchema) },
    responses: { 202: alwaysAlike },
    limit: 'mail-request',
    handle: (c) => askForMail(c, resendVerification),
  });

  addRoute(app, {
    method: 'post',
    path: '/api/v1/auth/login',
    operationId: 'logIn',
    summary: 'Sign in with email or username',
    request: { body: json(loginSchema) },
    responses: {
      200: ok('Signed in', signedInSchema),
      401: problemAnswer(
        'Wrong login or password (the response does not say which); or invalid credentials',
        'invalid_credentials',
        'unauthorized',
      ),
      403: problemAnswer(
        'Correct password, but the account is unconfirmed or banned; or insufficient scope',
        'email_not_verified',
        'account_banned',
        'insufficient_scope',
      ),
    },
    limit: 'by-handler',
    handle: async (c) => {
      const { email, username, password } = await parseJson(c, loginSchema);
      const attempt = { login: email ?? username ?? '', password, caller: callerOf(c), deviceToken: null };
      const { user, passwordOf } = await checkCredentials(attempt);
      return signIn(c, user, { passwordOf });
    },
  });

  addRoute(app, {
    method: 'post',
    path: '/api/v1/auth/refresh',
    operationId: 'refreshTokens',
    summary: 'Exchange a refresh token for a new pair of tokens',
    description: 'Reusing a refresh token ends every token of its family.',
    request: { body: json(refreshSchema) },
    responses: { 200: ok('The new pair', refreshedSchema) },
    limit: 'refresh',
    handle: async (c) => {
      const { refresh_token } = await parseJson(c, refreshSchema);
      return c.json({ token: await refreshPair(refresh_token) });
    },
  });

  addRoute(app, {
    method: 'post',
    path: '/api/v1/auth/logout',
    operationId: 'logOut',
    summary: 'Sign out: revoke this family of tokens, including access tokens',
    description:
      'With an access token, with a refresh token in the body and no `Authorization`, or with both. A refresh token ' +
      'that is unknown, or whose family has ended, is a 204 too.',
    scope: 'session',
    request: { body: { ...json(logOutSchema), required: false } },
    responses: { 204: empty('Signed out'), ...anyJson },
    limit: 'refresh',
    handle: async (c) => {
      const { refresh_token } = (await parseOptionalJson(c, logOutSchema)) ?? {};
      const { sessionId } = callerOf(c);
      if (refresh_token === undefined && sessionId === null) throw new AppError('unauthorized');
      if (refresh_token !== undefined) await endFamily(refresh_token);
      if (sessionId !== null) await endSession({ id: sessionId });
      return c.body(null, 204);
    },
  });

  addRoute(app, {
    method: 'post',
    path: '/api/v1/auth/forgot-password',
    operationId: 'forgotPassword',
    summary: 'Request a password reset email',
    request: { body: json(mailAddressSchema) },
    responses: { 202: alwaysAlike },
    limit: 'mail-request',
    handle: (c) => askForMail(c, requestPasswordReset),
  });

  addRoute(app, {
    method: 'post',
    path: '/api/v1/auth/reset-password',
    operationId: 'resetPassword',
    summary: 'Set a new password with an emailed token',
    description: 'Also confirms the email. Ends every session and token of the account.',
    request: { body: json(resetPasswordSchema) },
    responses: { 204: empty('Set'), 400: notInForce },
    limit: 'verify',
    handle: async (c) => {
      await resetPassword(await parseJson(c, resetPasswordSchema), callerOf(c));
      return c.body(null, 204);
    },
  });
}

async function signIn(c: ApiContext, user: UserRecord, options: { passwordOf: Date }): Promise<Response> {
  return c.json({ user: toUserDto(user), token: await startFamily(user, callerOf(c), options) });
}

async function askForMail(c: ApiContext, work: (email: string) => Promise<void>): Promise<Response> {
  const { email } = await parseJson(c, mailAddressSchema);
  await work(email);
  return c.body(null, 202);
}
