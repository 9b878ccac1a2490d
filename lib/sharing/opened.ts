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
 * Records when the text of a shared paste was first served to a person. To look whether it is there, or
 * prefetching it, does not count. Never throws: it must not fail the read.
 */
export function recordOpened(grant: Grant | null, { method, purpose }: Asking): void {
  if (grant === null || grant.isOpened || method === 'HEAD' || purpose?.includes('prefetch')) return;
  runAfterResponse(async () => {
    const where = { id: grant.shareId, openedAt: null };
    await prisma().share.updateMany({ where, data: { openedAt: now() } });
  });
}
