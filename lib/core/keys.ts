import 'server-only';
import { createHash, hkdfSync } from 'node:crypto';
import { env } from './env';

export type KeyPurpose =
  | 'access-token'
  | 'device'
  | 'registration'
  | 'invitation'
  | 'outbox'
  | 'edit-key'
  | 'shares'
  | 'deleted-contact'
  | 'reports'
  | 'log'
  | 'server-actions';

export interface DerivedKey {
  /** Names the key without telling it, so that keys can rotate. */
  id: string;
  bytes: Uint8Array;
}

const derived = new Map<string, DerivedKey>();

/** The keys for one purpose, from AUTH_SECRET and the previous secret: the first signs, all of them verify. */
export function keysFor(purpose: KeyPurpose): [DerivedKey, ...DerivedKey[]] {
  const { AUTH_SECRET, AUTH_SECRET_PREVIOUS } = env();
  const current = derive(AUTH_SECRET, purpose);
  return AUTH_SECRET_PREVIOUS === undefined ? [current] : [current, derive(AUTH_SECRET_PREVIOUS, purpose)];
}

function derive(secret: string, purpose: KeyPurpose): DerivedKey {
  const name = `${purpose}\n${secret}`;
  const known = derived.get(name);
  if (known) return known;
  const bytes = new Uint8Array(hkdfSync('sha256', secret, '', `sheaf ${purpose}`, 32));
  const id = createHash('sha256').update(bytes).digest('base64url').slice(0, 8);
  const key = { id, bytes };
  derived.set(name, key);
  return key;
}

/** Hashes what is random already; enough for a token of 128 bits or more. */
export function hashToken(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(token).digest());
}
