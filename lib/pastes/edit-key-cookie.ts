import 'server-only';
import { cookies } from 'next/headers';
import { env } from '../env';
import {
  addToRing,
  findInRing,
  hashEditKey,
  parseEditKeyRing,
  removeFromRing,
  serializeEditKeyRing,
} from './edit-key';
import { ANONYMOUS, type Viewer } from './policy';
import { SAVED_COOKIE } from './saved-cookie';

const YEAR = 365 * 86_400;
const SHOWN_FOR = 120;

function isHttps(): boolean {
  return env().APP_URL.startsWith('https:');
}

function ringCookie(): string {
  return isHttps() ? '__Host-sheaf_edit_keys' : 'sheaf_edit_keys';
}

/** Who looks at the paste with this slug from this browser. */
export async function viewerOf(slug: string): Promise<Viewer> {
  const ring = parseEditKeyRing((await cookies()).get(ringCookie())?.value);
  const key = findInRing(ring, slug);
  return key === null ? ANONYMOUS : { ...ANONYMOUS, editKeyHash: hashEditKey(key) };
}

/** Lets this browser edit the paste from now on. For server actions. */
export async function rememberEditKey(slug: string, key: string): Promise<void> {
  const jar = await cookies();
  const ring = addToRing(parseEditKeyRing(jar.get(ringCookie())?.value), { slug, key });
  setRing(jar, serializeEditKeyRing(ring));
}

export async function forgetEditKey(slug: string): Promise<void> {
  const jar = await cookies();
  const ring = removeFromRing(parseEditKeyRing(jar.get(ringCookie())?.value), slug);
  setRing(jar, serializeEditKeyRing(ring));
}

/** Leaves the key for the one page that shows it; `proxy.ts` clears it on that page's response. */
export async function leaveKeyForSavedPage(slug: string, key: string): Promise<void> {
  (await cookies()).set(SAVED_COOKIE, key, {
    path: `/${slug}`,
    maxAge: SHOWN_FOR,
    httpOnly: true,
    sameSite: 'lax',
    secure: isHttps(),
  });
}

export async function keyForSavedPage(): Promise<string | null> {
  return (await cookies()).get(SAVED_COOKIE)?.value ?? null;
}

function setRing(jar: Awaited<ReturnType<typeof cookies>>, value: string): void {
  const options = { path: '/', httpOnly: true, sameSite: 'lax', secure: isHttps() } as const;
  jar.set(ringCookie(), value, { ...options, maxAge: value === '' ? 0 : YEAR });
}
