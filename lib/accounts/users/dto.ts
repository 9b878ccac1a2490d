import type { UserRecord } from '../../core/caller';
import { avatarUrl } from './avatar-url';
import type { UserDto } from './schema';

/** A user as everyone can see them. */
export function toPublicUserDto(user: UserRecord): UserDto {
  return {
    uuid: user.id,
    username: user.username,
    name: user.name,
    role: user.role,
    email_verified: user.emailVerified !== null,
    profile_image_url: avatarUrl(user),
    created_at: user.createdAt.toISOString(),
  };
}

/** A user as they themselves and admins can see them. */
export function toUserDto(user: UserRecord): UserDto & { email: string } {
  const { uuid, ...rest } = toPublicUserDto(user);
  return { uuid, email: user.email, ...rest };
}
