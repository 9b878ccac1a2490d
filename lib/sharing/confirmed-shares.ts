import 'server-only';
import { z } from 'zod';
import { now } from '../core/clock';
import { isHttps } from '../core/http/cookie';
import { keysFor } from '../core/keys';

export const CONFIRMED_SECONDS = 90 * 86_400;

const TYPE = 'shares';
const MAX_KEPT = 50;
const claimsSchema = z.object({ ids: z.array(z.uuid()).max(MAX_KEPT) });

/** Holds the shares whose address was confirmed in this browser. */
export function sharesCookieName(): string {
  return isHttps() ? '__Host-sheaf_shares' : 'sheaf_shares';
}

/** The value of the cookie with one more share, the newest first. */
export async function signConfirmedShares(ids: readonly string[]): Promise<string> {
  const { SignJWT } = await import('jose');
  const [key] = keysFor('shares');
  const issuedAt = Math.floor(now().getTime() / 1_000);
  return new SignJWT({ ids: ids.slice(0, MAX_KEPT) })
    .setProtectedHeader({ alg: 'HS256', typ: TYPE })
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + CONFIRMED_SECONDS)
    .sign(key.bytes);
}

/** The shares in the cookie's value; empty if its signature is invalid. */
export async function readConfirmedShares(value: string | null | undefined): Promise<string[]> {
  if (!value) return [];
  const { errors, jwtVerify } = await import('jose');
  for (const key of keysFor('shares')) {
    try {
      const options = { algorithms: ['HS256'], typ: TYPE, currentDate: now() };
      const { payload } = await jwtVerify(value, key.bytes, options);
      return claimsSchema.safeParse(payload).data?.ids ?? [];
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error;
    }
  }
  return [];
}
