import 'server-only';
import { now } from '../../core/clock';
import { pool } from '../../core/db';
import type { ActiveSession } from './queries';

/** Recording every request would turn every read into a write. */
const SEEN_EVERY_MS = 5 * 60_000;

/** Records that a session is in use. Never throws: a read must not fail because of it. */
export function recordLastSeen(session: ActiveSession): void {
  const at = now();
  if (at.getTime() - session.lastSeenAt.getTime() < SEEN_EVERY_MS) return;
  pool()
    .query('update sessions set last_seen_at = $2 where id = $1', [session.id, at])
    .catch(() => {});
}
