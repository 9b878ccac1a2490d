import 'server-only';
import { createHash, randomInt, timingSafeEqual } from 'node:crypto';
import { now } from '../core/clock';
import { AppError, invalidField } from '../core/errors';
import { hashToken } from '../core/keys';
import { prisma } from '../core/prisma';
import { enforceSubjectLimit } from '../limits/enforce';
import { deliverSoon, queueMail } from '../mail/outbox';
import { isSlugShaped } from '../pastes/slug';
import { CODE_DIGITS } from './schema';

const CODE_MS = 10 * 60_000;
const MAX_GUESSES = 5;

/** The share of the link in a mail; null after the share was revoked. */
export async function findInvitation(
  slug: string,
  link: string,
): Promise<{ id: string; email: string; isCodeSent: boolean } | null> {
  if (!isSlugShaped(slug)) return null;
  const at = now();
  const share = await prisma().share.findUnique({
    where: {
      linkHash: hashToken(link),
      paste: {
        slug,
        deletedAt: null,
        hiddenAt: null,
        AND: [
          { OR: [{ expiresAt: null }, { expiresAt: { gt: at } }] },
          // A ban of the author leaves only private pastes to those they are shared with.
          { OR: [{ visibility: 'private' }, { ownerId: null }, { owner: { bannedAt: null } }] },
        ],
      },
    },
    select: { id: true, email: true, codeSent: true },
  });
  if (!share) return null;
  const { codeSent, ...rest } = share;
  return { ...rest, isCodeSent: codeSent !== null && at.getTime() - codeSent.getTime() < CODE_MS };
}

/** Emails a code to the recipient of a link. @throws AppError not_found, rate_limited */
export async function sendCode(slug: string, link: string, locale: string): Promise<void> {
  const invitation = await findInvitation(slug, link);
  if (!invitation) throw new AppError('not_found');
  await enforceSubjectLimit('share-code', invitation.id);
  await enforceSubjectLimit('share-codes-recipient', invitation.email);
  const code = String(randomInt(10 ** CODE_DIGITS)).padStart(CODE_DIGITS, '0');
  await prisma().$transaction(async (tx) => {
    await tx.share.update({
      where: { id: invitation.id },
      data: { codeHash: hashCode(invitation.id, code), codeSent: now(), guesses: 0 },
      select: { id: true },
    });
    await queueMail(tx, {
      userId: null,
      to: invitation.email,
      locale,
      content: { template: 'share_code', username: invitation.email, code },
    });
  });
  deliverSoon();
}

/**
 * Confirms with the emailed code that the holder of the link reads the emails of its address.
 * @returns the id of the share
 * @throws AppError not_found, validation_failed (wrong, too old, or guessed at too often)
 */
export async function confirmCode(slug: string, link: string, code: string): Promise<string> {
  const invitation = await findInvitation(slug, link);
  if (!invitation) throw new AppError('not_found');
  const [attempt] = await prisma().$queryRaw<{ code_hash: Uint8Array }[]>`
    update shares set guesses = guesses + 1
    where id = ${invitation.id}::uuid and code_hash is not null and guesses < ${MAX_GUESSES}
      and code_sent > ${new Date(now().getTime() - CODE_MS)}
    returning code_hash`;
  const given = hashCode(invitation.id, code.replace(/\s/g, ''));
  if (!attempt || !timingSafeEqual(attempt.code_hash, given)) throw invalidField('code', 'code_wrong');
  await prisma().share.updateMany({ where: { id: invitation.id }, data: { codeHash: null, codeSent: null } });
  return invitation.id;
}

function hashCode(shareId: string, code: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(`${shareId} ${code}`).digest());
}
