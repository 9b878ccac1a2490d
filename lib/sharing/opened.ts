import 'server-only';
import { runAfterResponse } from '../core/after-response';
import { now } from '../core/clock';
import { prisma } from '../core/db';
import type { Grant } from '../pastes/grants';

interface Asking {
  method: string;
  /** Of the header `Sec-Purpose`. */
  purpose: string | null | undefined;
}

/**
 * Keeps when somebody was first given the text of what is shared with them. To look whether it is there, or
 * to fetch it ahead, is not to open it. Never throws: a read must not fail for it.
 */
export function noteOpened(grant: Grant | null, { method, purpose }: Asking): void {
  if (grant === null || grant.isOpened || method === 'HEAD' || purpose?.includes('prefetch')) return;
  runAfterResponse(async () => {
    const where = { id: grant.shareId, openedAt: null };
    await prisma().share.updateMany({ where, data: { openedAt: now() } });
  });
}
