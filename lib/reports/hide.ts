import 'server-only';
import type { Member } from '../core/caller';
import { now } from '../core/clock';
import { prisma } from '../core/db';
import { AppError } from '../core/errors';
import { hidePaste } from '../pastes/hide';
import { findPaste } from '../pastes/queries';
import { decideCase } from './decide';

/**
 * Hides several pastes for one reason. Open reports of them are decided with it; a private paste can be hidden only
 * if it is reported.
 * @returns the slugs of those that were hidden, and of those that do not exist for the caller
 */
export async function hidePastes(
  slugs: readonly string[],
  reason: string,
  caller: Member,
): Promise<{ hidden: string[]; not_found: string[] }> {
  const hidden: string[] = [];
  const missing: string[] = [];
  for (const slug of new Set(slugs)) {
    try {
      await hideOne(slug, reason, caller);
      hidden.push(slug);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'not_found') throw error;
      missing.push(slug);
    }
  }
  return { hidden, not_found: missing };
}

/**
 * Hides a paste, and decides its open reports with it.
 * @throws AppError not_found
 */
export async function hideOne(slug: string, reason: string, caller: Member): Promise<void> {
  const paste = await findPaste(slug, now());
  if (!paste) throw new AppError('not_found');
  const open = await prisma().reportCase.findFirst({
    where: { pasteId: paste.id, isOpen: true },
    select: { id: true },
  });
  // Of one that is hidden already, what is open may be an appeal.
  if (!open || paste.hiddenAt !== null) return hidePaste(slug, reason, caller);
  const input = { decision: 'hide' as const, reason, block_texts: false, ban_author: false };
  await decideCase(open.id, input, caller);
}
