import 'server-only';
import { createHash } from 'node:crypto';
import { env } from '../../core/env';

/** The version of a default avatar; see `drawAvatar`. */
export const DRAWN_VERSION = 'drawn';
const VERSION_LENGTH = 16;

interface AvatarOwner {
  id: string;
  /** Blob key of the avatar. */
  image: string | null;
}

/** The URL of the avatar; it changes with the picture, so that it can be cached forever. */
export function avatarUrl(user: AvatarOwner): string {
  return `${env().APP_URL}/api/avatars/${user.id}/${versionOf(user.image)}`;
}

/** A blob key never leaves the server; its hash identifies the picture as well. */
export function versionOf(key: string | null): string {
  if (key === null) return DRAWN_VERSION;
  return createHash('sha256').update(key).digest('hex').slice(0, VERSION_LENGTH);
}
