import 'server-only';
import { cookies } from 'next/headers';
import { cookieOptions } from '@/lib/core/http/cookie';
import {
  CONFIRMED_SECONDS,
  readConfirmedShares,
  sharesCookieName,
  signConfirmedShares,
} from '@/lib/sharing/confirmed-shares';

/** Lets this browser open the paste of a share from now on. For server actions. */
export async function rememberShare(id: string): Promise<void> {
  const jar = await cookies();
  const kept = await readConfirmedShares(jar.get(sharesCookieName())?.value);
  const value = await signConfirmedShares([id, ...kept.filter((one) => one !== id)]);
  jar.set(sharesCookieName(), value, { ...cookieOptions(), maxAge: CONFIRMED_SECONDS });
}
