import 'server-only';
import { cookies } from 'next/headers';
import { cookieOptions } from '@/lib/core/http/cookie';
import { SAVED_COOKIE, SAVED_SECONDS } from '@/lib/pastes/saved-cookie';

/** Leaves the key for the one page that shows it; `proxy.ts` clears it on that page's response. */
export async function leaveKeyForSavedPage(slug: string, key: string): Promise<void> {
  (await cookies()).set(SAVED_COOKIE, key, { ...cookieOptions(), path: `/${slug}`, maxAge: SAVED_SECONDS });
}

export async function keyForSavedPage(): Promise<string | null> {
  return (await cookies()).get(SAVED_COOKIE)?.value ?? null;
}
