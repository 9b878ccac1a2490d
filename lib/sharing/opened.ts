import 'server-only';
import { runAfterResponse } from '../core/after-response';
import { now } from '../core/clock';
import { pool } from '../core/db';
import type { Grant } from '../pastes/grants';

interface Asking {
  method: string;
  /** Of the header `Sec-Purpose`. */
  purpose: string | null | undefined;
}

/** The share that is opened if the text is served now. To look whether it is there, or prefetching it, does not count. */
export function shareToOpen(grant: Grant | null, { method, purpose }: Asking): string | null {
  if (grant === null || grant.isOpened || method === 'HEAD' || purpose?.includes('prefetch')) return null;
  return grant.shareId;
}

/** Records when the text of a shared paste was first served to a person. Never throws: it must not fail the read. */
export function recordOpened(grant: Grant | null, asking: Asking): void {
  const id = shareToOpen(grant, asking);
  if (id === null) return;
  runAfterResponse(async () => {
    await pool().query('update shares set opened_at = $2 where id = $1 and opened_at is null', [id, now()]);
  });
}
