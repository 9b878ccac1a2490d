import 'server-only';
import { recordAudit } from '../audit/record';
import type { Member } from '../core/caller';
import { now } from '../core/clock';
import { AppError, invalidField } from '../core/errors';
import { prisma } from '../core/prisma';
import type { Prisma } from '../generated/prisma/client';
import { deliverSoon, queueMail } from '../mail/outbox';
import { canJudge } from '../pastes/policy';
import { VERSION, WAITING } from './approval-queries';
import type { DecideApproval } from './approval-schema';
import { hidePastes } from './hide';

/** As many as can be hidden by the API at once. */
const MAX_DECLINED = 100;

const CHANGED = 'The waiting pastes were changed since the entry was read. Read it again, then decide.';

/**
 * Decides whether the public pastes of a new member are listed, and tells the member.
 * @throws AppError not_found, validation_failed (the own account), conflict (the waiting pastes have changed)
 */
export async function decideApproval(id: string, input: DecideApproval, caller: Member): Promise<void> {
  if (!canJudge(caller, { ownerId: id })) throw invalidField('decision', 'own_paste');
  if (input.decision === 'approve') await approve(id, input, caller);
  else await decline(id, input, caller);
  deliverSoon();
}

async function approve(id: string, { version }: DecideApproval, { user: actor }: Member): Promise<void> {
  await prisma().$transaction(async (tx) => {
    const member = await lockWaiting(tx, id, version);
    await tx.user.update({ where: { id }, data: { awaitsApproval: false }, select: { id: true } });
    // Their ETags: what the API tells of them is another.
    await changeVersions(tx, id);
    await recordAudit(tx, { actor, action: 'user_approved', target: { user: id } });
    await queueMail(tx, mailFor(member, { outcome: 'approved', reason: '' }));
  });
}

async function changeVersions(tx: Prisma.TransactionClient, ownerId: string): Promise<void> {
  await tx.paste.updateMany({
    where: { ownerId, visibility: 'public', deletedAt: null },
    data: { settingsVersion: { increment: 1 } },
  });
}

/** Hides them one by one, as moderators do elsewhere, with an audit entry each and their reports decided. */
async function decline(id: string, { version, reason = '' }: DecideApproval, caller: Member): Promise<void> {
  const { slugs, ...member } = await prisma().$transaction(async (tx) => {
    const waiting = await lockWaiting(tx, id, version);
    // Another decision about this version, which may come before all are hidden, is a conflict.
    await changeVersions(tx, id);
    return waiting;
  });
  const { hidden, already_hidden } = await hidePastes(slugs, reason, caller);
  if (hidden.length + already_hidden.length === 0) throw new AppError('conflict', { detail: CHANGED });
  await queueMail(prisma(), mailFor(member, { outcome: 'declined', reason }));
}

interface WaitingMember {
  id: string;
  email: string;
  username: string;
  locale: string;
  /** Of the newest waiting pastes. */
  slugs: string[];
}

/**
 * Keeps the member from saving other pastes until the transaction ends, and those that wait from being changed.
 * @throws AppError not_found, conflict
 */
async function lockWaiting(
  tx: Prisma.TransactionClient,
  id: string,
  version: string,
): Promise<WaitingMember> {
  const at = now();
  const [member] = await tx.$queryRaw<Omit<WaitingMember, 'slugs'>[]>`
    select id::text, email, username, locale from users
    where id = ${id}::uuid and awaits_approval and banned_at is null for update`;
  if (!member) throw new AppError('not_found');
  const waiting = await tx.$queryRawUnsafe<{ slug: string }[]>(
    `select p.slug from pastes p where p.owner_id = $2::uuid and ${WAITING}
     order by p.created_at desc, p.id desc for update`,
    at,
    id,
  );
  if (waiting.length === 0) throw new AppError('not_found');
  const [current] = await tx.$queryRawUnsafe<{ version: string }[]>(
    `select ${VERSION} as version from pastes p where p.owner_id = $2::uuid and ${WAITING}`,
    at,
    id,
  );
  if (current?.version !== version) throw new AppError('conflict', { detail: CHANGED });
  return { ...member, slugs: waiting.slice(0, MAX_DECLINED).map(({ slug }) => slug) };
}

function mailFor(
  { id, email, username, locale }: Omit<WaitingMember, 'slugs'>,
  decided: { outcome: 'approved' | 'declined'; reason: string },
) {
  const content = { template: 'approval_decided' as const, username, ...decided };
  return { userId: id, to: email, locale, content };
}
