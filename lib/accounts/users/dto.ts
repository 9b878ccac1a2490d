import { avatarUrl } from './avatars';
import type { UserRecord } from './queries';
import type { UserDto } from './schema';

/** What anybody may know about somebody. */
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

/** What they themselves and admins may know. */
export function toUserDto(user: UserRecord): UserDto & { email: string } {
  const { uuid, ...rest } = toPublicUserDto(user);
  return { uuid, email: user.email, ...rest };
}
