import 'server-only';
import { randomBytes } from 'node:crypto';
import { now } from '../clock';
import { findContact } from '../contacts/queries';
import { prisma } from '../db';
import { AppError } from '../errors';
import type { Prisma } from '../generated/prisma/client';
import { hashToken } from '../keys';
import { enforceLimit, enforceSubjectLimit } from '../limits/enforce';
import { deliverSoon, queueMail } from '../mail/outbox';
import { canShare, hasCredential, type Viewer } from '../pastes/policy';
import { findPaste, type PasteRecord } from '../pastes/queries';
import type { Actor } from '../users/service';
import { isUuid } from '../uuid';
import { listSharesOf, SHARE_SELECT, type ShareRecord } from './queries';
import { type CreateShare, MAX_SHARES, type UpdateShare } from './schema';

interface Recipient {
  email: string;
  contactId: string | null;
}

/**
 * Shares a paste with people, all of them or none. Whom it is shared with already gets the new role.
 * @throws AppError unauthorized, not_found (also for a contact of somebody else), validation_failed,
 * rate_limited
 */
export async function sharePaste(
  slug: string,
  inputs: readonly CreateShare[],
  { viewer, actor }: { viewer: Viewer; actor: Actor },
): Promise<ShareRecord[]> {
  const paste = await findSharable(slug, viewer);
  if (paste.isSecret) refuse('slug', 'secret_not_shared');
  const recipients = await Promise.all(inputs.map((input) => resolveRecipient(input, actor)));
  const caller = { userId: actor.user.id, address: actor.origin.address };
  for (const [index, { notify }] of inputs.entries()) {
    if (!notify) continue;
    await enforceLimit('share-mails', caller);
    await enforceSubjectLimit('share-recipient', `${actor.user.id}:${recipients[index]?.email}`);
  }
  const shares = await prisma().$transaction(async (tx) => {
    // One at a time, or two at once could pass the most there may be.
    await tx.$queryRaw`select 1 from pastes where id = ${paste.id}::uuid for update`;
    const stored: ShareRecord[] = [];
    for (const [index, input] of inputs.entries()) {
      const recipient = recipients[index];
      if (!recipient) continue;
      const link = randomBytes(32).toString('base64url');
      const { role } = input;
      const where = { pasteId: paste.id, email: recipient.email };
      const { contactId } = recipient;
      stored.push(
        await tx.share.upsert({
          where: { pasteId_email: where },
          create: { ...where, contactId, role, linkHash: hashToken(link), createdAt: now() },
          // A link that was mailed before stops working where a new one is mailed, and only there.
          update: { role, ...(input.notify ? { linkHash: hashToken(link) } : {}) },
          select: SHARE_SELECT,
        }),
      );
      if (!input.notify) continue;
      await queueMail(tx, {
        userId: null,
        to: recipient.email,
        locale: actor.user.locale,
        content: {
          template: 'paste_shared',
          username: recipient.email,
          author: actor.user.username,
          title: input.tell_title && paste.title !== '' ? paste.title : null,
          slug,
          link,
        },
      });
    }
    if ((await tx.share.count({ where: { pasteId: paste.id } })) > MAX_SHARES)
      refuse('email', 'shares_too_many');
    return stored;
  });
  deliverSoon();
  return shares;
}

/** Whom a paste is shared with, for its owner. @throws AppError unauthorized, not_found */
export async function readShares(slug: string, viewer: Viewer): Promise<ShareRecord[]> {
  return listSharesOf((await findSharable(slug, viewer)).id);
}

/** @throws AppError not_found */
export function updateShare(id: string, { role }: UpdateShare, ownerId: string): Promise<ShareRecord> {
  return prisma().$transaction(async (tx) => {
    const where = { id, paste: { ownerId, deletedAt: null } };
    const { count } = await tx.share.updateMany({ where, data: { role } });
    if (count === 0) throw new AppError('not_found');
    const { paste, ...share } = await tx.share.findUniqueOrThrow({
      where: { id },
      select: { ...SHARE_SELECT, paste: { select: { id: true } } },
    });
    await stopEdits(tx, paste.id);
    return share;
  });
}

/** Takes a paste back from one person; it acts on their next request. @throws AppError not_found */
export async function revokeShare(id: string, ownerId: string): Promise<void> {
  await prisma().$transaction(async (tx) => {
    const where = { id, paste: { ownerId, deletedAt: null } };
    const share = await tx.share.findFirst({ where, select: { pasteId: true } });
    const { count } = await tx.share.deleteMany({ where });
    if (!share || count === 0) throw new AppError('not_found');
    await stopEdits(tx, share.pasteId);
  });
}

/** What an editor began to save before finds another version of the paste, and asks again whether it may. */
async function stopEdits(tx: Prisma.TransactionClient, pasteId: string): Promise<void> {
  await tx.paste.updateMany({ where: { id: pasteId }, data: { settingsVersion: { increment: 1 } } });
}

async function findSharable(slug: string, viewer: Viewer): Promise<PasteRecord> {
  if (!hasCredential(viewer)) throw new AppError('unauthorized');
  const at = now();
  const paste = await findPaste(slug, at);
  if (!paste || !canShare(viewer, paste, at)) throw new AppError('not_found');
  return paste;
}

async function resolveRecipient(input: CreateShare, { user }: Actor): Promise<Recipient> {
  const recipient =
    input.email === undefined
      ? await recipientByContact(user.id, input.contact_id ?? '')
      : { email: input.email, contactId: null };
  if (recipient.email === user.email) refuse('email', 'share_with_self');
  return recipient;
}

async function recipientByContact(ownerId: string, id: string): Promise<Recipient> {
  const contact = isUuid(id.toLowerCase()) ? await findContact(ownerId, id) : null;
  if (!contact) throw new AppError('not_found');
  if (contact.email === null) return refuse('contact_id', 'contact_without_address');
  return { email: contact.email, contactId: contact.id };
}

function refuse(path: string, message: string): never {
  throw new AppError('validation_failed', { fields: [{ path, message }] });
}
