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

/** What a device token says. */
export interface Device {
  id: string;
  userId: string;
  /** In whole seconds. */
  issuedAt: Date;
}

/** The device that a genuine token names, of any user; null otherwise. Needs no database. */
export async function readDeviceToken(token: string): Promise<Device | null> {
  for (const key of keysFor('device')) {
    try {
      const options = { algorithms: ['HS256'], typ: TYPE, currentDate: now() };
      const { payload } = await jwtVerify(token, key.bytes, options);
      const { jti: id, sub: userId, iat = 0 } = payload;
      return id && userId ? { id, userId, issuedAt: new Date(iat * 1_000) } : null;
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error;
    }
  }
  return null;
}

/** Whether the device is this user's, and its token not older than the password that was set at `since`. */
export function isDeviceOf(
  device: Device | null,
  { userId, since }: { userId: string; since?: Date | undefined },
): device is Device {
  if (device?.userId !== userId) return false;
  return since === undefined || device.issuedAt.getTime() >= Math.floor(since.getTime() / 1_000) * 1_000;
}
