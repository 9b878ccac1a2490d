import 'server-only';
import { parse } from 'hono/utils/cookie';
import NextAuth, { CredentialsSignin } from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
import { confirmEmail } from '@/lib/accounts/confirm-email';
import { authAdapter } from '@/lib/accounts/sessions/adapter';
import { findSession } from '@/lib/accounts/sessions/queries';
import { endSession, type SessionStart, startSession } from '@/lib/accounts/sessions/service';
import { authSecrets } from '@/lib/accounts/sessions/session-cookie';
import { checkCredentials } from '@/lib/accounts/sign-in/credentials';
import { isDeviceOf, readDeviceToken } from '@/lib/accounts/sign-in/device';
import { isAbortedRequest } from '@/lib/core/app-error';
import { anonymousCaller, type UserRecord } from '@/lib/core/caller';
import { now } from '@/lib/core/clock';
import { AppError } from '@/lib/core/errors';
import {
  cookieOptions,
  deviceCookieName,
  registrationCookieName,
  SESSION_SECONDS,
  sessionCookieName,
} from '@/lib/core/http/cookie';
import { logger } from '@/lib/core/logger';

declare module 'next-auth' {
  interface User {
    sid?: string;
  }
}

/** A closed connection or an unknown path of Auth.js: nothing that an operator can fix. */
function isFaultOfClient(error: Error): boolean {
  return isAbortedRequest(error) || ('type' in error && error.type === 'UnknownAction');
}

/** The error of a sign-in, passed through Auth.js. */
export class FailedSignIn extends CredentialsSignin {
  readonly problem: AppError;

  constructor(problem: AppError) {
    super(problem.code);
    this.code = problem.code;
    this.problem = problem;
  }
}

/**
 * Auth.js: it owns the session cookie. The token in it names a session row, which decides. Only server actions
 * call it: its routes are not mounted, so `/api/auth/*` does not exist.
 */
export const { signIn, signOut } = NextAuth(() => ({
  adapter: authAdapter(),
  secret: authSecrets(),
  trustHost: true,
  basePath: '/api/auth',
  pages: { signIn: '/login', error: '/login', signOut: '/' },
  session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
  cookies: { sessionToken: { name: sessionCookieName(), options: cookieOptions() } },
  logger: {
    error: (error) => {
      if (error instanceof FailedSignIn) return;
      if (isFaultOfClient(error)) logger().debug({ reason: error.message }, 'Auth.js');
      else logger().error({ err: error }, 'Auth.js');
    },
    warn: () => {},
    debug: () => {},
  },
  providers: [Credentials({ authorize: (given, request) => authorize(given, request) })],
  callbacks: {
    jwt: async ({ token, user }) => {
      if (user?.sid) return { sub: user.id, sid: user.sid };
      return typeof token.sid === 'string' && (await findSession(token.sid, now())) ? token : null;
    },
  },
  events: {
    signOut: async (message) => {
      const sid = 'token' in message ? message.token?.sid : null;
      if (typeof sid === 'string') await endSession({ sessionToken: sid });
    },
  },
}));

async function authorize(given: Partial<Record<string, unknown>>, { headers }: Request) {
  const caller = anonymousCaller(headers);
  const { login, password, token } = given;
  try {
    const cookies = parse(headers.get('cookie') ?? '');
    const deviceToken = cookies[deviceCookieName()] ?? null;
    if (typeof token === 'string') {
      const registration = cookies[registrationCookieName()] ?? '';
      const proof = typeof password === 'string' ? { password } : { registration };
      const { user, passwordOf } = await confirmEmail({ token, ...proof }, caller);
      const device = deviceToken === null ? null : await readDeviceToken(deviceToken);
      const isKnownDevice = isDeviceOf(device, { userId: user.id });
      return await beginSession(user, { caller, passwordOf, isKnownDevice });
    }
    if (typeof login !== 'string' || typeof password !== 'string') throw new AppError('invalid_credentials');
    const { user, ...grant } = await checkCredentials({ login, password, caller, deviceToken });
    return await beginSession(user, { caller, ...grant });
  } catch (error) {
    if (error instanceof AppError) throw new FailedSignIn(error);
    throw error;
  }
}

async function beginSession(user: UserRecord, start: Omit<SessionStart, 'kind'>) {
  const session = await startSession(user, { kind: 'browser', ...start });
  return { id: user.id, sid: session.token };
}
