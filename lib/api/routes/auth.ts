import { z } from '@hono/zod-openapi';
import { endSession } from '../../accounts/sessions/service';
import { checkCredentials } from '../../accounts/sign-in/credentials';
import { refreshPair, startFamily } from '../../accounts/tokens/pairs';
import { refreshSchema, tokenPairSchema } from '../../accounts/tokens/schema';
import { toUserDto } from '../../accounts/users/dto';
import type { UserRecord } from '../../accounts/users/queries';
import {
  loginSchema,
  mailAddressSchema,
  registerSchema,
  resetPasswordSchema,
  userSchema,
  verifyEmailSchema,
} from '../../accounts/users/schema';
import {
  confirmEmail,
  registerUser,
  requestPasswordReset,
  resendVerification,
  resetPassword,
} from '../../accounts/users/service';
import { AppError } from '../../core/errors';
import { localeForHeader } from '../../core/i18n/locale';
import { anyJson, anyRoute, empty, json, ok, problemAnswer } from '../answers';
import { parseJson } from '../body';
import { type ApiApp, type ApiContext, addRoute, memberOf, originOf } from '../context';
import { limited, limitHeaders } from '../middleware/limited';

const registeredSchema = z.object({ user: userSchema, token: z.null() }).meta({ id: 'Registered' });
const signedInSchema = z.object({ user: userSchema, token: tokenPairSchema }).meta({ id: 'SignedIn' });
const refreshedSchema = z.object({ token: tokenPairSchema }).meta({ id: 'Refreshed' });

const alwaysAlike = empty('Always alike: a mail goes out if there is reason to send one');
const notInForce = problemAnswer(
  'A token that was used or superseded, has expired or was never given; or malformed JSON',
  'invalid_token',
  'malformed_json',
  'malformed_body',
);

/** Accounts by API: how one comes to be, signs in and out, and gets in again. */
export function addAuthRoutes(app: ApiApp): void {
  addRoute(
    app,
    {
      method: 'post',
      path: '/api/v1/auth/register',
      operationId: 'register',
      summary: 'Open an account; its address has to be confirmed before it can be used',
      description:
        'A 409 for the address of an unconfirmed account with another password ends that password: the address ' +
        'gets a link that sets a new one.',
      request: { body: json(registerSchema) },
      responses: {
        201: ok('Opened; a mail with a link is on its way', registeredSchema),
        ...anyRoute,
        ...anyJson,
        409: problemAnswer('Somebody has the address or the name', 'email_taken', 'username_taken'),
      },
    },
    limited('register'),
    async (c) => {
      const locale = localeForHeader(c.req.header('accept-language') ?? null);
      const { address } = originOf(c);
      const user = await registerUser(await parseJson(c, registerSchema), { locale, address });
      return c.json({ user: toUserDto(user), token: null }, 201);
    },
  );

  addRoute(
    app,
    {
      method: 'post',
      path: '/api/v1/auth/verify-email',
      operationId: 'verifyEmail',
      summary: 'Confirm an address with the token that was mailed to it and the password, and sign in',
      description:
        'The password is the one the account was registered with. A wrong one counts as a failed sign-in and ' +
        'leaves the token usable. Without it, set a new password by `forgot-password` and `reset-password`, ' +
        'which confirms the address too.',
      request: { body: json(verifyEmailSchema) },
      responses: {
        200: ok('Confirmed', signedInSchema),
        ...anyRoute,
        ...anyJson,
        400: notInForce,
        401: problemAnswer(
          'Not the password of this account; or a credential that is not in force',
          'invalid_credentials',
          'unauthorized',
        ),
        403: problemAnswer(
          'The account was closed; or not for this personal token',
          'account_banned',
          'insufficient_scope',
        ),
        409: problemAnswer('Another account has taken the address', 'email_taken'),
      },
    },
    limited('verify'),
    async (c) => {
      const { user, passwordOf } = await confirmEmail(await parseJson(c, verifyEmailSchema), originOf(c));
      return signIn(c, user, { passwordOf });
    },
  );

  addRoute(
    app,
    {
      method: 'post',
      path: '/api/v1/auth/resend-verification',
      operationId: 'resendVerification',
      summary: 'Ask for another link to confirm the address with',
      request: { body: json(mailAddressSchema) },
      responses: { 202: alwaysAlike, ...anyRoute, ...anyJson },
    },
    limitHeaders,
    limited('mail-request'),
    (c) => askForMail(c, resendVerification),
  );

  addRoute(
    app,
    {
      method: 'post',
      path: '/api/v1/auth/login',
      operationId: 'logIn',
      summary: 'Sign in by address or username',
      request: { body: json(loginSchema) },
      responses: {
        200: ok('Signed in', signedInSchema),
        ...anyRoute,
        ...anyJson,
        401: problemAnswer(
          'One wording, whichever of the two was wrong; or a credential that is not in force',
          'invalid_credentials',
          'unauthorized',
        ),
        403: problemAnswer(
          'Right, but not confirmed yet, or closed; or not for this personal token',
          'email_not_verified',
          'account_banned',
          'insufficient_scope',
        ),
      },
    },
    limitHeaders,
    async (c) => {
      const { email, username, password } = await parseJson(c, loginSchema);
      const attempt = { login: email ?? username ?? '', password, origin: originOf(c), deviceToken: null };
      const { user, passwordOf } = await checkCredentials(attempt);
      return signIn(c, user, { passwordOf });
    },
  );

  addRoute(
    app,
    {
      method: 'post',
      path: '/api/v1/auth/refresh',
      operationId: 'refreshTokens',
      summary: 'A new pair of tokens for a refresh token, which is used up',
      description: 'A refresh token that was used before ends every token of its family.',
      request: { body: json(refreshSchema) },
      responses: { 200: ok('The new pair', refreshedSchema), ...anyRoute, ...anyJson },
    },
    limited('refresh'),
    async (c) => {
      const { refresh_token } = await parseJson(c, refreshSchema);
      return c.json({ token: await refreshPair(refresh_token) });
    },
  );

  addRoute(
    app,
    {
      method: 'post',
      path: '/api/v1/auth/logout',
      operationId: 'logOut',
      summary: 'End this family of tokens, its access tokens included, at once',
      access: 'member',
      scope: 'session',
      responses: { 204: empty('Signed out'), ...anyRoute },
    },
    limited('refresh'),
    async (c) => {
      const { session } = memberOf(c);
      if (!session) throw new AppError('unauthorized');
      await endSession(session.token);
      return c.body(null, 204);
    },
  );

  addRoute(
    app,
    {
      method: 'post',
      path: '/api/v1/auth/forgot-password',
      operationId: 'forgotPassword',
      summary: 'Ask for a link to set another password with',
      request: { body: json(mailAddressSchema) },
      responses: { 202: alwaysAlike, ...anyRoute, ...anyJson },
    },
    limitHeaders,
    limited('mail-request'),
    (c) => askForMail(c, requestPasswordReset),
  );

  addRoute(
    app,
    {
      method: 'post',
      path: '/api/v1/auth/reset-password',
      operationId: 'resetPassword',
      summary: 'Set another password with a mailed token',
      description: 'It confirms the address too. Every session and token of the account ends.',
      request: { body: json(resetPasswordSchema) },
      responses: { 204: empty('Set'), ...anyRoute, ...anyJson, 400: notInForce },
    },
    limited('verify'),
    async (c) => {
      await resetPassword(await parseJson(c, resetPasswordSchema), originOf(c));
      return c.body(null, 204);
    },
  );
}

async function signIn(c: ApiContext, user: UserRecord, options: { passwordOf: Date }): Promise<Response> {
  return c.json({ user: toUserDto(user), token: await startFamily(user, originOf(c), options) });
}

async function askForMail(c: ApiContext, work: (email: string) => Promise<void>): Promise<Response> {
  const { email } = await parseJson(c, mailAddressSchema);
  await work(email);
  return c.body(null, 202);
}
