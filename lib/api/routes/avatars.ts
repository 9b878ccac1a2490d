import { z } from 'zod';
import { drawAvatar } from '../../accounts/users/avatar-drawing';
import { DRAWN_VERSION } from '../../accounts/users/avatar-url';
import { findAvatar } from '../../accounts/users/avatars';
import { AppError } from '../../core/errors';
import { RAW_POLICY } from '../../core/http/security-headers';
import type { ApiApp, ApiContext } from '../context';

const userIdSchema = z.guid();

const HEADERS = {
  'Cache-Control': 'public, max-age=31536000, immutable',
  'Content-Security-Policy': RAW_POLICY,
};

/** `/api/avatars/{uuid}/{version}`: the target of `profile_image_url`; clients must not construct it. */
export function addAvatarRoutes(app: ApiApp): void {
  app.get('/api/avatars/:uuid/:version', sendAvatar);
}

async function sendAvatar(c: ApiContext): Promise<Response> {
  const userId = userIdSchema.safeParse(c.req.param('uuid'));
  if (!userId.success) throw new AppError('not_found');
  const version = c.req.param('version') ?? '';
  if (version === DRAWN_VERSION) {
    // Generated for any id, so that it does not reveal whether a user exists.
    return c.body(drawAvatar(userId.data), 200, { ...HEADERS, 'Content-Type': 'image/svg+xml' });
  }
  const picture = await findAvatar(userId.data, version);
  if (!picture) throw new AppError('not_found');
  return c.body(picture as Uint8Array<ArrayBuffer>, 200, {
    ...HEADERS,
    'Content-Type': 'image/webp',
    'Content-Length': String(picture.length),
  });
}
