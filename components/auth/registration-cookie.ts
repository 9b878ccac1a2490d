import 'server-only';
import { cookies } from 'next/headers';
import {
  findRegistration,
  REGISTRATION_SECONDS,
  type Registration,
  sealRegistration,
  unsealRegistration,
} from '@/lib/accounts/sign-in/registration';
import { cookieOptions, registrationCookieName } from '@/lib/core/http/cookie';

/** Leaves in the browser for a while that it has registered an account; a sign-in ends it. */
export async function rememberRegistration(registration: Registration): Promise<void> {
  const sealed = await sealRegistration(registration);
  const options = { ...cookieOptions(), maxAge: REGISTRATION_SECONDS };
  (await cookies()).set(registrationCookieName(), sealed, options);
}

export async function forgetRegistration(): Promise<void> {
  (await cookies()).set(registrationCookieName(), '', { ...cookieOptions(), maxAge: 0 });
}

/** The email that this browser has registered and not confirmed; null if there is none. */
export async function registeredEmail(): Promise<string | null> {
  const sealed = await sealedRegistration();
  return sealed === undefined ? null : ((await unsealRegistration(sealed))?.email ?? null);
}

/** Whether this browser has registered the account, and set the password that it has. */
export async function hasRegistered(userId: string): Promise<boolean> {
  const sealed = await sealedRegistration();
  return sealed !== undefined && (await findRegistration(sealed, userId)) !== null;
}

async function sealedRegistration(): Promise<string | undefined> {
  return (await cookies()).get(registrationCookieName())?.value;
}
