import { env } from '../env';

/** How long a sign-in lasts. */
export const SESSION_SECONDS = 30 * 86_400;

export function isHttps(): boolean {
  return env().APP_URL.startsWith('https:');
}

/** The one name of the session cookie, which is also the salt of the token in it. */
export function sessionCookieName(): string {
  return isHttps() ? '__Host-sheaf_session' : 'sheaf_session';
}

/** Names a browser that has signed in before. */
export function deviceCookieName(): string {
  return isHttps() ? '__Host-sheaf_device' : 'sheaf_device';
}

/** Shows that this browser registered an account that is not confirmed. */
export function registrationCookieName(): string {
  return isHttps() ? '__Host-sheaf_registration' : 'sheaf_registration';
}

export function cookieOptions() {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: isHttps() } as const;
}
