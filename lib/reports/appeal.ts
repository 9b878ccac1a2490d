import 'server-only';
import { recordAudit } from '../audit/record';
import { runAfterResponse } from '../core/after-response';
import type { Member } from '../core/caller';
import { now } from '../core/clock';
import { AppError } from '../core/errors';
import { prisma } from '../core/prisma';
import { announceCases } from './announce';

export interface AppealableDecision {
  id: string;
  slug: string;
  decision: 'hidden' | 'deleted';
  decidedAt: Date;
  /** What the owner has written already, of which there is one. */
  appeal: string | null;
}

/** A decision about a paste of this user, which they may appeal once; null if there is none. */
export async function findAppealable(id: string, { user }: Member): Promise<AppealableDecision | null> {
  const found = await prisma().reportCase.findFirst({
    where: { id, ownerId: user.id, decision: { in: ['hidden', 'deleted'] }, decidedAt: { not: null } },
    select: { id: true, slug: true, decision: true, decidedAt: true, appeal: true },
  });
  const { decision, decidedAt } = found ?? {};
  if (!found || !decidedAt || (decision !== 'hidden' && decision !== 'deleted')) return null;
  return { ...found, decision, decidedAt };
}

/** Returns a decided case to the queue. @throws AppError not_found, also after the first appeal */
export async function appealDecision(id: string, text: string, caller: Member): Promise<void> {
  const decision = await findAppealable(id, caller);
  if (!decision || decision.appeal !== null) throw new AppError('not_found');
  await prisma().$transaction(async (tx) => {
    const at = now();
    const { count } = await tx.reportCase.updateMany({
      where: { id, ownerId: caller.user.id, isOpen: false, appealedAt: null },
      data: { isOpen: true, announced: false, appeal: text, appealedAt: at, reportedAt: at },
    });
    if (count === 0) throw new AppError('not_found');
    const { slug } = decision;
    await recordAudit(tx, { actor: caller.user, action: 'decision_appealed', target: { paste: slug } });
  });
  runAfterResponse(() => announceCases(now()).then(() => {}));
}
