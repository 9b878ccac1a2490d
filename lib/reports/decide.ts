import 'server-only';
import { holdUser } from '../accounts/users/lock';
import { updateUserWithin } from '../admin/service';
import { recordAudit } from '../audit/record';
import type { Member } from '../core/caller';
import { now } from '../core/clock';
import { AppError, type FieldError } from '../core/errors';
import { prisma } from '../core/prisma';
import type { CaseDecision, Prisma, ReportCase } from '../generated/prisma/client';
import { deliverSoon } from '../mail/outbox';
import { setHidden } from '../pastes/hide';
import { canDelete, canJudge, decideReported } from '../pastes/policy';
import { removeTombstoned, tombstonePaste } from '../pastes/purge';
import { findPasteById, type PasteRecord } from '../pastes/queries';
import { blockableHashes, blockHashes } from './blocked';
import { mailDecision } from './decision-mails';
import type { DecideCase } from './schema';

/** Why a text is blocked, if the decision has no reason. */
const NO_REASON = 'Reported';

const CHANGED = 'The paste was changed since the entry was read. Read it again, then decide.';

/**
 * Closes an open case: with the decision, its reporters' addresses, emails and keys are deleted, those who asked for
 * it are told, and the owner of a paste that was hidden or deleted. All of it in one transaction.
 * @throws AppError not_found, validation_failed, conflict (the paste was edited, or another moderator was faster),
 *   last_admin
 */
export async function decideCase(id: string, input: DecideCase, caller: Member): Promise<void> {
  const at = now();
  const found = await prisma().reportCase.findUnique({ where: { id } });
  if (!found?.isOpen) throw new AppError('not_found');
  const paste = await findPasteById(found.pasteId, at);
  requireAllowed(input, { found, paste, caller, at });
  // As it is now: the paste may have been claimed since it was reported.
  const ownerId = paste ? paste.ownerId : found.ownerId;
  await prisma().$transaction(async (tx) => {
    if (ownerId !== null) await lockOwner(tx, { ownerId, input, caller });
    await closeCase(tx, { ...found, ownerId }, { input, at });
    if (paste) await requireAsSeen(tx, paste);
    await applyDecision(tx, { input, paste, found, caller, at });
    await mailDecision(tx, { found: { ...found, ownerId }, input });
    await tx.report.updateMany({
      where: { caseId: id },
      data: { sealedEmail: null, sealedKey: null, reporterHash: null },
    });
  });
  deliverSoon();
  if (input.decision === 'delete' && paste) await removeTombstoned(paste.id, at);
}

/** Bans the owner, if that was decided. Users are locked before anything else, as where accounts are deleted. */
async function lockOwner(
  tx: Prisma.TransactionClient,
  { ownerId, input, caller }: { ownerId: string; input: DecideCase; caller: Member },
): Promise<void> {
  const { ban_author, reason } = input;
  if (ban_author)
    await updateUserWithin(tx, ownerId, { input: { banned: true }, actor: caller.user, reason });
  else if (!(await holdUser(tx, ownerId))) throw new AppError('conflict', { detail: CHANGED });
}

/** Locks the paste until the transaction ends. @throws AppError conflict if it is no longer what was decided about */
async function requireAsSeen(
  tx: Prisma.TransactionClient,
  { id, revision, ownerId, hiddenAt }: PasteRecord,
): Promise<void> {
  const [row] = await tx.$queryRaw<{ is_same: boolean }[]>`
    select revision = ${revision} and owner_id is not distinct from ${ownerId}::uuid
      and (hidden_at is null) = ${hiddenAt === null} as is_same
    from pastes where id = ${id}::uuid and deleted_at is null for update`;
  if (!row?.is_same) throw new AppError('conflict', { detail: CHANGED });
}

interface Decision {
  input: DecideCase;
  found: ReportCase;
  paste: PasteRecord | null;
  caller: Member;
  at: Date;
}

/** @throws AppError not_found, validation_failed */
function requireAllowed(input: DecideCase, { found, paste, caller, at }: Omit<Decision, 'input'>): void {
  const faults: FieldError[] = [];
  const isThere = paste !== null && decideReported(caller, paste, { now: at, hasKey: false }) !== 'absent';
  if (!isThere && (input.decision !== 'dismiss' || found.appealedAt === null))
    throw new AppError('not_found');
  if (!canJudge(caller, paste ?? found)) faults.push({ path: 'decision', message: 'own_paste' });
  if (paste !== null && input.revision === undefined) {
    faults.push({ path: 'revision', message: 'revision_missing' });
  }
  if (input.decision === 'delete' && paste && !canDelete(caller, paste, at)) {
    faults.push({ path: 'decision', message: 'admins_only' });
  }
  if (input.decision === 'hide' && paste?.hiddenAt !== null) {
    faults.push({ path: 'decision', message: 'already_hidden' });
  }
  if (input.decision === 'restore' && paste?.hiddenAt === null) {
    faults.push({ path: 'decision', message: 'not_hidden' });
  }
  if (input.block_texts && (paste === null || blockableHashes(paste).length === 0)) {
    faults.push({ path: 'block_texts', message: 'nothing_to_block' });
  }
  if (input.ban_author && caller.role !== 'admin')
    faults.push({ path: 'ban_author', message: 'admins_only' });
  if (input.ban_author && !paste?.ownerId) faults.push({ path: 'ban_author', message: 'no_author' });
  if (input.ban_author && paste?.ownerId === caller.user.id) {
    faults.push({ path: 'ban_author', message: 'own_account' });
  }
  if (faults.length > 0) throw new AppError('validation_failed', { fields: faults });
  if (paste !== null && input.revision !== paste.revision)
    throw new AppError('conflict', { detail: CHANGED });
}

const RESULTS: Record<DecideCase['decision'], CaseDecision> = {
  dismiss: 'dismissed',
  hide: 'hidden',
  delete: 'deleted',
  restore: 'restored',
};

async function closeCase(
  tx: Prisma.TransactionClient,
  { id, decision: before, appealedAt, ownerId }: ReportCase,
  { input, at }: Pick<Decision, 'input' | 'at'>,
): Promise<void> {
  // A rejected appeal leaves the decision as it was, and is the last one; after any other decision there may be one.
  const isRejectedAppeal = appealedAt !== null && input.decision === 'dismiss';
  const { count } = await tx.reportCase.updateMany({
    where: { id, isOpen: true, appealedAt },
    data: {
      isOpen: false,
      ownerId,
      reports: 0,
      decidedAt: at,
      decision: isRejectedAppeal ? before : RESULTS[input.decision],
      ...(isRejectedAppeal ? {} : { appeal: null, appealedAt: null }),
    },
  });
  if (count === 0) throw new AppError('conflict', { detail: 'Another moderator has just decided this.' });
}

async function applyDecision(
  tx: Prisma.TransactionClient,
  { input, paste, found, caller: { user: actor }, at }: Decision,
): Promise<void> {
  const { decision, reason = null } = input;
  const target = { paste: found.slug };
  if (decision === 'dismiss') {
    const about = found.appealedAt === null ? 'reports' : 'appeal';
    const details: Record<string, string> = reason === null ? { about } : { about, reason };
    await recordAudit(tx, { actor, action: 'report_dismissed', target, details });
  }
  if (!paste) return;
  if (decision === 'hide' || decision === 'restore') {
    await setHidden(tx, paste, { reason: decision === 'hide' ? reason : null, actor });
  }
  if (decision === 'delete') {
    await tombstonePaste(tx, paste.id, at);
    await recordAudit(tx, {
      actor,
      action: 'paste_deleted',
      target,
      details: reason === null ? {} : { reason },
    });
  }
  if (input.block_texts)
    await blockHashes(tx, blockableHashes(paste), { reason: reason ?? NO_REASON, actor });
}
