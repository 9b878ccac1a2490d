import 'server-only';
import { errors, jwtVerify, SignJWT } from 'jose';
import { nanoid } from 'nanoid';
import { now } from '../../core/clock';
import { keysFor } from '../../core/keys';

export const DEVICE_SECONDS = 365 * 86_400;

const TYPE = 'device';

/** A token that shows that the user has signed in from this browser. It does not sign in by itself. */
export async function signDeviceToken(userId: string): Promise<string> {
  const [key] = keysFor('device');
  const issuedAt = Math.floor(now().getTime() / 1_000);
  return new SignJWT()
    .setProtectedHeader({ alg: 'HS256', typ: TYPE })
    .setSubject(userId)
    .setJti(nanoid())
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + DEVICE_SECONDS)
    .sign(key.bytes);
}

/** The id of the device, if the token is this user's and not older than the password; null otherwise. */
export async function readDeviceToken(
  token: string,
  { userId, since }: { userId: string; since?: Date | undefined },
): Promise<string | null> {
  for (const key of keysFor('device')) {
    try {
      const options = { algorithms: ['HS256'], typ: TYPE, subject: userId, currentDate: now() };
      const { payload } = await jwtVerify(token, key.bytes, options);
      const issuedAt = (payload.iat ?? 0) * 1_000;
      if (since !== undefined && issuedAt < Math.floor(since.getTime() / 1_000) * 1_000) return null;
      return payload.jti ?? null;
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error;
    }
  }
  return null;
}
