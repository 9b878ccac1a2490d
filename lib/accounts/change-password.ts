import 'server-only';
import type { Member } from '../core/caller';
import { prisma } from '../core/prisma';
import { deliverSoon } from '../mail/outbox';
import { hashPassword, requireStrongPassword } from './passwords/password';
import { storePassword } from './passwords/stored-password';
import { reportEvent } from './sessions/events';
import { deleteSessions, requireSessionRow } from './sessions/service';
import { confirmPassword } from './sign-in/credentials';
import { endMailTokens } from './tokens/mail-tokens';
import { lockUser } from './users/lock';
import type { ChangePassword } from './users/schema';

/**
 * Changes the password and ends every other session; with `end_tokens`, also every personal token.
 * @throws AppError wrong_password, validation_failed, rate_limited
 */
export async function changePassword(caller: Member, input: ChangePassword): Promise<void> {
  const { user, sessionId } = caller;
  await requireStrongPassword(input.new_password, { ...user, path: 'new_password' });
  await confirmPassword(caller, input.current_password);
  const hash = await hashPassword(input.new_password, { ...caller, isKnown: true });
  await prisma().$transaction(async (tx) => {
    await lockUser(tx, user.id);
    await requireSessionRow(tx, sessionId);
    await storePassword(tx, user.id, hash);
    await deleteSessions(tx, user.id, sessionId);
    if (input.end_tokens) await tx.personalToken.deleteMany({ where: { userId: user.id } });
    await endMailTokens(tx, user.id);
    await reportEvent(tx, user, { kind: 'password_changed', caller });
  });
  deliverSoon();
}
