import 'server-only';
import type { JWTPayload } from 'jose';
import { now } from './clock';
import { type KeyPurpose, keysFor } from './keys';

/** A signed token with these claims, for a cookie; valid for `seconds`. Its type is the purpose of its key. */
export async function signClaims(purpose: KeyPurpose, claims: JWTPayload, seconds: number): Promise<string> {
  const { SignJWT } = await import('jose');
  const [key] = keysFor(purpose);
  const issuedAt = Math.floor(now().getTime() / 1_000);
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', typ: purpose })
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + seconds)
    .sign(key.bytes);
}

/** The claims of a token of this purpose, signed with the present secret or the one before; null for any other. */
export async function readClaims(purpose: KeyPurpose, token: string): Promise<JWTPayload | null> {
  const { errors, jwtVerify } = await import('jose');
  const options = { algorithms: ['HS256'], typ: purpose, currentDate: now() };
  for (const key of keysFor(purpose)) {
    try {
      return (await jwtVerify(token, key.bytes, options)).payload;
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error;
    }
  }
  return null;
}
