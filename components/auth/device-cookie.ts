import 'server-only';
import { cookies } from 'next/headers';
import { DEVICE_SECONDS, signDeviceToken } from '@/lib/accounts/sign-in/device';
import { cookieOptions, deviceCookieName } from '@/lib/core/http/cookie';

/** Leaves in the browser that this user has signed in there. */
export async function rememberDevice(userId: string): Promise<void> {
  const token = await signDeviceToken(userId);
  (await cookies()).set(deviceCookieName(), token, { ...cookieOptions(), maxAge: DEVICE_SECONDS });
}
