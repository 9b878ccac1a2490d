import 'server-only';
import { cookies } from 'next/headers';
import { isHttps } from '@/lib/core/http/cookie';
import {
  addToRing,
  type EditKeyRing,
  findInRing,
  hashEditKey,
  parseEditKeyRing,
  removeFromRing,
  serializeEditKeyRing,
} from '@/lib/pastes/edit-key';
import { ANONYMOUS, type Viewer } from '@/lib/pastes/policy';
import { readConfirmedShares, sharesCookieName } from '@/lib/sharing/confirmed-shares';
import { currentSession } from './current-user';
import { SAVED_COOKIE } from './saved-cookie';

const YEAR = 365 * 86_400;
const SHOWN_FOR = 120;

function ringCookie(): string {
  return isHttps() ? '__Host-sheaf_edit_keys' : 'sheaf_edit_keys';
}

/** Who looks at the paste with this slug from this browser. */
export async function viewerOf(slug: string): Promise<Viewer> {
  const ring = parseEditKeyRing((await cookies()).get(ringCookie())?.value);
  const key = findInRing(ring, slug);
  return { ...(await currentViewer()), editKeyHash: key === null ? null : hashEditKey(key) };
}

/** Who is signed in here, without any edit key. */
export async function currentViewer(): Promise<Viewer> {
  const session = await currentSession();
  const shareIds = await readConfirmedShares((await cookies()).get(sharesCookieName())?.value);
  if (!session) return { ...ANONYMOUS, shareIds };
  const { id, role, email } = session.user;
  return { ...ANONYMOUS, userId: id, role, email, shareIds };
}

/** The slugs and keys of the pastes made in this browser without an account. */
export async function heldEditKeys(): Promise<EditKeyRing> {
  return parseEditKeyRing((await cookies()).get(ringCookie())?.value);
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
