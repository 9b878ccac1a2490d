import { getCookie, setCookie } from 'hono/cookie';
import { cookieOptions } from '../core/http/cookie';
import {
  addToRing,
  type EditKeyRing,
  editKeysCookieName,
  findInRing,
  parseEditKeyRing,
  removeFromRing,
  serializeEditKeyRing,
} from '../pastes/edit-key';
import type { ApiContext } from './context';

const YEAR = 365 * 86_400;

/** The edit key that this browser keeps for the paste with this slug; null if it keeps none. */
export function heldEditKey(c: ApiContext, slug: string): string | null {
  return findInRing(ringOf(c), slug);
}

/** Lets this browser edit the paste from now on. */
export function rememberEditKey(c: ApiContext, entry: { slug: string; key: string }): void {
  setRing(c, addToRing(ringOf(c), entry));
}

export function forgetEditKey(c: ApiContext, slug: string): void {
  setRing(c, removeFromRing(ringOf(c), slug));
}

function ringOf(c: ApiContext): EditKeyRing {
  return parseEditKeyRing(getCookie(c, editKeysCookieName()));
}

function setRing(c: ApiContext, ring: EditKeyRing): void {
  const value = serializeEditKeyRing(ring);
  setCookie(c, editKeysCookieName(), value, { ...cookieOptions(), maxAge: value === '' ? 0 : YEAR });
}
