import 'server-only';
import { cookies } from 'next/headers';
import { cookieOptions } from '@/lib/core/http/cookie';
import { SAVED_COOKIE, SAVED_SECONDS } from '@/lib/pastes/saved-cookie';
import { rememberEditKey } from './edit-key-cookie';

/** Keeps the key of a new paste, and leaves it for the one page that shows it, on whose response `proxy.ts` clears it. */
export async function keepNewKey(slug: string, key: string | null): Promise<void> {
  if (key === null) return;
  await rememberEditKey(slug, key);
  (await cookies()).set(SAVED_COOKIE, key, { ...cookieOptions(), path: `/${slug}`, maxAge: SAVED_SECONDS });
}

export async function keyForSavedPage(): Promise<string | null> {
  return (await cookies()).get(SAVED_COOKIE)?.value ?? null;
}
