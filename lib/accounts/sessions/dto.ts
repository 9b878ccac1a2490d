import type { SessionRecord } from './lists';
import { describeDevice } from './origin';
import type { SessionDto } from './schema';

export function toSessionDto(session: SessionRecord, currentId: string | null): SessionDto {
  return {
    id: session.id,
    kind: session.kind,
    current: session.id === currentId,
    device: describeDevice(session.userAgent),
    address: session.address,
    created_at: session.createdAt.toISOString(),
    last_seen_at: session.lastSeenAt.toISOString(),
    expires_at: session.expires.toISOString(),
  };
}
