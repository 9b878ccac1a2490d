import 'server-only';
import type { Member } from '../core/caller';
import { invalidField } from '../core/errors';
import { prisma } from '../core/prisma';
import { enforceSubjectLimit } from '../limits/enforce';
import { deliverSoon } from '../mail/outbox';
import { mailAccountExists } from './account-exists';
import { requireAllowedDomain } from './invitations';
import { reportEvent } from './sessions/events';
import { requireSessionRow } from './sessions/service';
import { confirmPassword } from './sign-in/credentials';
import { evenTiming } from './sign-in/even-timing';
import { issueMailToken, queueMailToken } from './tokens/mail-tokens';
import { lockUser } from './users/lock';
import { findUserByEmail } from './users/queries';

/**
 * Mails a confirmation link to the new address and a notice to the old one. The result is the same if the new
 * address already has an account; then its owner is notified instead.
 * @throws AppError wrong_password, validation_failed, rate_limited
 */
export async function requestEmailChange(
  caller: Member,
  input: { email: string; password: string },
): Promise<void> {
  const { user, sessionId } = caller;
  if (input.email === user.email) throw invalidField('email', 'email_same');
  requireAllowedDomain(input.email);
  await confirmPassword(caller, input.password);
  await enforceSubjectLimit('mail-recipient', `change:${input.email}`);
  await evenTiming(async () => {
    const { email } = input;
    const taken = await findUserByEmail(email);
    await prisma().$transaction(async (tx) => {
      await lockUser(tx, user.id);
      await requireSessionRow(tx, sessionId);
      // Earlier links are revoked in both cases, so that they do not reveal whether the address is taken.
      if (taken) await issueMailToken(tx, { userId: user.id, purpose: 'change_email', email });
      else await queueMailToken(tx, user, { purpose: 'change_email', email });
      await reportEvent(tx, user, { kind: 'email_change_requested', caller, newEmail: email });
    });
    if (taken) await mailAccountExists(taken);
    deliverSoon();
  });
}
