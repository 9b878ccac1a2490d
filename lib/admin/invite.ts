import 'server-only';
import { newInvitation, registrationRule } from '../accounts/invitations';
import { findUserByEmail } from '../accounts/users/queries';
import { type AuditActor, recordAudit } from '../audit/record';
import type { Member } from '../core/caller';
import { domainOf } from '../core/email';
import { AppError } from '../core/errors';
import { prisma } from '../core/prisma';
import type { Prisma } from '../generated/prisma/client';
import { enforceSubjectLimit } from '../limits/enforce';
import { deliverSoon, queueMail } from '../mail/outbox';
import type { Invitation } from './schema';

/** The audit log names no person: of the address, only the domain. */
export function recordInvitation(
  tx: Prisma.TransactionClient,
  actor: AuditActor,
  email: string,
): Promise<void> {
  return recordAudit(tx, { actor, action: 'user_invited', target: { domain: domainOf(email) } });
}

/**
 * Mails a link that creates an account for this address. The same link is returned, for where no mail arrives.
 * @throws AppError registration_closed, email_taken, rate_limited
 */
export async function inviteUser({ user }: Member, email: string): Promise<Invitation> {
  if (registrationRule() === 'registration_closed') throw new AppError('registration_closed');
  if (await findUserByEmail(email)) {
    throw new AppError('email_taken', { fields: [{ path: 'email', message: 'email_taken' }] });
  }
  await enforceSubjectLimit('mail-recipient', `invite:${email}`);
  const { link, expiresAt, invitation } = await newInvitation(email);
  await prisma().$transaction(async (tx) => {
    await queueMail(tx, {
      userId: null,
      to: email,
      locale: user.locale,
      content: { template: 'invitation', username: email, author: user.username, invitation },
    });
    await recordInvitation(tx, user, email);
  });
  deliverSoon();
  return { email, link, expires_at: expiresAt.toISOString() };
}
