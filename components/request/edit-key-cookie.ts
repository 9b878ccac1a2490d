import 'server-only';
import { cookies } from 'next/headers';
import type { Caller } from '@/lib/core/caller';
import { cookieOptions } from '@/lib/core/http/cookie';
import {
  addToRing,
  type EditKeyRing,
  editKeysCookieName,
  findInRing,
  hashEditKey,
  parseEditKeyRing,
  removeFromRing,
  serializeEditKeyRing,
} from '@/lib/pastes/edit-key';

const YEAR = 365 * 86_400;

/** The caller with the edit key that this browser keeps for the paste with this slug, if any. */
export async function withEditKey(caller: Caller, slug: string): Promise<Caller> {
  const key = findInRing(await heldEditKeys(), slug);
  return key === null ? caller : { ...caller, editKeyHash: hashEditKey(key) };
}

/** The slugs and edit keys of the pastes created in this browser without an account. */
export async function heldEditKeys(): Promise<EditKeyRing> {
  return parseEditKeyRing((await cookies()).get(editKeysCookieName())?.value);
}

/** Lets this browser edit the paste from now on. For server actions. */
export async function rememberEditKey(slug: string, key: string): Promise<void> {
  await keepRing(addToRing(await heldEditKeys(), { slug, key }));
}

export async function forgetEditKey(slug: string): Promise<void> {
  await keepRing(removeFromRing(await heldEditKeys(), slug));
}

async function keepRing(ring: EditKeyRing): Promise<void> {
  const value = serializeEditKeyRing(ring);
  const maxAge = value === '' ? 0 : YEAR;
  (await cookies()).set(editKeysCookieName(), value, { ...cookieOptions(), maxAge });
}
