import 'server-only';
import type { Member } from '../core/caller';
import { now } from '../core/clock';
import { AppError } from '../core/errors';
import { logger } from '../core/logger';
import { prisma } from '../core/prisma';
import type { Prisma } from '../generated/prisma/client';
import { hidePaste } from '../pastes/hide';
import { canHide } from '../pastes/policy';
import { findPaste, type PasteRecord } from '../pastes/queries';
import { withGrant } from '../pastes/with-grant';
import { decideCase } from './decide';
import type { HiddenPastes } from './schema';

/**
 * Hides several pastes for one reason. Open reports of them are decided with it; a private paste can be hidden only
 * if it is reported. One that cannot be hidden stops none of the others.
 * @returns the slugs by what became of them
 */
export async function hidePastes(
  slugs: readonly string[],
  reason: string,
  caller: Member,
): Promise<HiddenPastes> {
  const outcomes: HiddenPastes = { hidden: [], already_hidden: [], not_found: [], failed: [] };
  for (const slug of new Set(slugs)) {
    const outcome = await hideUnlessHidden(slug, reason, caller).catch(toOutcome);
    outcomes[outcome].push(slug);
  }
  return outcomes;
}

async function hideUnlessHidden(
  slug: string,
  reason: string,
  caller: Member,
): Promise<'hidden' | 'already_hidden'> {
  const at = now();
  const paste = await findPaste(slug, at);
  if (paste && paste.hiddenAt !== null && canHide(caller, await withGrant(paste, caller), at)) {
    return 'already_hidden';
  }
  await hideOne(slug, reason, caller);
  return 'hidden';
}

function toOutcome(error: unknown): 'not_found' | 'failed' {
  if (error instanceof AppError && error.code === 'not_found') return 'not_found';
  if (!(error instanceof AppError)) logger().error({ err: error }, 'a paste could not be hidden');
  return 'failed';
}

/**
 * Hides a paste, and decides its open reports with it.
 * @throws AppError not_found, validation_failed (reports of a moderator's own paste), conflict
 */
export async function hideOne(slug: string, reason: string, caller: Member): Promise<void> {
  const open = await findOpen(slug);
  if (!open) return hidePaste(slug, reason, caller, { check: requireUnreported });
  // Of one that is hidden already, what is open may be an appeal.
  if (open.paste.hiddenAt !== null) return hidePaste(slug, reason, caller);
  await decide(open, { decision: 'hide', reason }, caller);
}

/**
 * Shows a hidden paste again, and decides an open appeal with it.
 * @throws AppError not_found, validation_failed (a moderator's own paste), conflict
 */
export async function showOne(slug: string, caller: Member): Promise<void> {
  const open = await findOpen(slug);
  if (!open || open.paste.hiddenAt === null) return hidePaste(slug, null, caller);
  await decide(open, { decision: 'restore' }, caller);
}

/** A report holds the paste until its case is open, so that none can be missed here. */
async function requireUnreported(tx: Prisma.TransactionClient, { id }: { id: string }): Promise<void> {
  if ((await tx.reportCase.count({ where: { pasteId: id, isOpen: true } })) === 0) return;
  throw new AppError('conflict', { detail: 'The paste has just been reported. Try again.' });
}

async function findOpen(slug: string): Promise<{ id: string; paste: PasteRecord } | null> {
  const paste = await findPaste(slug, now());
  if (!paste) throw new AppError('not_found');
  const open = await prisma().reportCase.findFirst({
    where: { pasteId: paste.id, isOpen: true },
    select: { id: true },
  });
  return open && { ...open, paste };
}

function decide(
  { id, paste: { revision } }: { id: string; paste: PasteRecord },
  choice: { decision: 'hide'; reason: string } | { decision: 'restore' },
  caller: Member,
): Promise<void> {
  return decideCase(id, { ...choice, revision, block_texts: false, ban_author: false }, caller);
}
