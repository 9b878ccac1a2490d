import 'server-only';
import { z } from 'zod';
import { isHttps } from '../core/http/cookie';
import { readClaims, signClaims } from '../core/signed';

export const CONFIRMED_SECONDS = 90 * 86_400;

const MAX_KEPT = 50;
const claimsSchema = z.object({ ids: z.array(z.uuid()).max(MAX_KEPT) });

/** Holds the shares whose address was confirmed in this browser. */
export function sharesCookieName(): string {
  return isHttps() ? '__Host-sheaf_shares' : 'sheaf_shares';
}

/** The value of the cookie with one more share, the newest first. */
export async function signConfirmedShares(ids: readonly string[]): Promise<string> {
  return signClaims('shares', { ids: ids.slice(0, MAX_KEPT) }, CONFIRMED_SECONDS);
}

/** The shares in the cookie's value; empty if its signature is invalid. */
export async function readConfirmedShares(value: string | null | undefined): Promise<string[]> {
  if (!value) return [];
  return claimsSchema.safeParse(await readClaims('shares', value)).data?.ids ?? [];
}
