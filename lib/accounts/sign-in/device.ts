import 'server-only';
import { nanoid } from 'nanoid';
import { readClaims, signClaims } from '../../core/signed';

export const DEVICE_SECONDS = 365 * 86_400;

/** A token that shows that the user has signed in from this browser. It does not sign in by itself. */
export async function signDeviceToken(userId: string): Promise<string> {
  return signClaims('device', { sub: userId, jti: nanoid() }, DEVICE_SECONDS);
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
  const claims = await readClaims('device', token);
  if (!claims) return null;
  const { jti: id, sub: userId, iat = 0 } = claims;
  return id && userId ? { id, userId, issuedAt: new Date(iat * 1_000) } : null;
}

/** Whether the device is this user's, and its token not older than the password that was set at `since`. */
export function isDeviceOf(
  device: Device | null,
  { userId, since }: { userId: string; since?: Date | undefined },
): device is Device {
  if (device?.userId !== userId) return false;
  return since === undefined || device.issuedAt.getTime() >= Math.floor(since.getTime() / 1_000) * 1_000;
}
