import { randomUUID } from 'node:crypto';
import { encode } from 'next-auth/jwt';
import { beforeAll } from 'vitest';
import { hashPassword } from '@/lib/accounts/passwords/password';
import { startSession } from '@/lib/accounts/sessions/service';
import { USER_SELECT } from '@/lib/accounts/users/queries';
import { registerAfterResponse } from '@/lib/core/after-response';
import type { UserRecord } from '@/lib/core/caller';
import { env } from '@/lib/core/env';
import { sessionCookieName } from '@/lib/core/http/cookie';
import { prisma } from '@/lib/core/prisma';
import type { Prisma } from '@/lib/generated/prisma/client';
import { type SealedMail, unsealMail } from '@/lib/mail/sealed-mail';
import { storePassword } from '../lib/accounts/passwords/stored-password';
import { ANONYMOUS } from './callers';

export const PASSWORD = 'a long walk by the sea';
/** A caller who registers, and for whom a password is hashed. */
export const APPLICANT = { ...ANONYMOUS, locale: 'en' };
export const HASH_CALLER = { ...ANONYMOUS, isKnown: false };

let hash: Promise<string> | undefined;

/** Creates a user with a confirmed address and `PASSWORD`, unless `fields` says otherwise. */
export async function addUser(fields: Partial<Prisma.UserCreateInput> = {}): Promise<UserRecord> {
  hash ??= hashPassword(PASSWORD, HASH_CALLER);
  const username = `u-${randomUUID().slice(0, 13)}`;
  const user = await prisma().user.create({
    data: { email: `${username}@example.com`, username, emailVerified: new Date(), ...fields },
    select: USER_SELECT,
  });
  await storePassword(prisma(), user.id, await hash);
  return user;
}

/** A new user with a session in a browser. @returns also its token, and the value of its cookie */
export async function addSignedInBrowser({ maxAge = 3_600 } = {}) {
  const user = await addUser();
  const { token } = await startSession(user, { kind: 'browser', caller: ANONYMOUS, isKnownDevice: true });
  const salt = sessionCookieName();
  const value = await encode({
    token: { sub: user.id, sid: token },
    secret: env().AUTH_SECRET,
    salt,
    maxAge,
  });
  return { user, token, value, cookie: `${salt}=${value}` };
}

/** Keeps mail in the outbox, where `mailsTo` can read it. Call it after `useTestDatabase`. */
export function holdMail(): void {
  beforeAll(() => registerAfterResponse(() => {}));
}

/** What waits in the outbox for this address, the newest first. */
export async function mailsTo(address: string): Promise<SealedMail['content'][]> {
  const rows = await prisma().outboxMail.findMany({ orderBy: { id: 'desc' }, select: { sealed: true } });
  const mails = await Promise.all(rows.map(({ sealed }) => unsealMail(sealed)));
  return mails.flatMap((mail) => (mail?.to === address ? [mail.content] : []));
}

/** The token in the newest mail to this address that holds one. */
export async function tokenMailedTo(address: string): Promise<string> {
  for (const mail of await mailsTo(address)) if ('token' in mail) return mail.token;
  throw new Error(`no token was mailed to ${address}`);
}
