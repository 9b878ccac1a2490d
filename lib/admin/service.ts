import 'server-only';
import { eraseAccount, giveUpAdminRole } from '../accounts/delete-account';
import { deleteSessions } from '../accounts/sessions/service';
import { confirmPassword } from '../accounts/sign-in/credentials';
import { lockAdmins, requireAnotherAdmin } from '../accounts/users/admins';
import { type AuditActor, recordAudit } from '../audit/record';
import type { AuditAction } from '../audit/schema';
import type { Member } from '../core/caller';
import { now } from '../core/clock';
import { AppError, invalidField } from '../core/errors';
import { prisma } from '../core/prisma';
import { requireUnchanged } from '../core/read-only';
import type { Prisma } from '../generated/prisma/client';
import { getUserOrThrow } from './queries';
import { MANAGED_USER_READ_ONLY, type ManagedUserDto, type UpdateUser } from './schema';

/**
 * Changes a user's role, closes or reopens the account, or ends all its sessions. It acts on the user's next
 * request. Admins cannot change their own role or access, and the last admin keeps both, also on the console.
 * @throws AppError not_found, validation_failed, last_admin
 */
export async function updateUser(id: string, input: UpdateUser, actor: AuditActor): Promise<ManagedUserDto> {
  await prisma().$transaction((tx) => updateUserWithin(tx, id, { input, actor }));
  return getUserOrThrow(id, now());
}

/**
 * As `updateUser`, within a transaction that has not locked any row yet (see `lockAdmins`).
 * @param change.reason for the audit log
 * @throws as `updateUser`
 */
export async function updateUserWithin(
  tx: Prisma.TransactionClient,
  id: string,
  { input, actor, reason }: { input: UpdateUser; actor: AuditActor; reason?: string | undefined },
): Promise<void> {
  const at = now();
  // Two admins who demote each other at once would leave none.
  const admins = await lockAdmins(tx);
  const user = await getUserOrThrow(id, at, tx);
  requireUnchanged(MANAGED_USER_READ_ONLY, { sent: input, current: user });
  if (
    actor !== 'console' &&
    user.uuid === actor.id &&
    (input.role !== undefined || input.banned !== undefined)
  ) {
    const path = input.role === undefined ? 'banned' : 'role';
    throw invalidField(path, 'own_account');
  }
  if (actor !== 'console' && !admins.includes(actor.id)) throw new AppError('not_found');
  const losesPower = input.banned === true || (input.role !== undefined && input.role !== 'admin');
  if (losesPower) requireAnotherAdmin(admins, id);
  await tx.user.updateMany({
    where: { id },
    data: {
      ...(input.role === undefined ? {} : { role: input.role }),
      ...(input.role === undefined || input.role === 'user' ? {} : { awaitsApproval: false }),
      ...(input.banned === undefined ? {} : { bannedAt: input.banned ? at : null }),
    },
  });
  if (input.end_sessions || input.banned) await deleteSessions(tx, id);
  for (const { action, details } of actsIn(input, user)) {
    const noted = reason === undefined ? details : Object.assign(details, { reason });
    await recordAudit(tx, { actor, action, target: { user: id }, details: noted });
  }
}

/** What the audit log tells of a change. */
function actsIn(
  { role, banned, end_sessions }: UpdateUser,
  before: ManagedUserDto,
): { action: AuditAction; details: Record<string, string> }[] {
  const acts: { action: AuditAction; details: Record<string, string> }[] = [];
  if (role !== undefined && role !== before.role) {
    acts.push({ action: 'role_changed', details: { from: before.role, to: role } });
  }
  if (banned !== undefined && banned !== (before.banned_at !== null)) {
    acts.push({ action: banned ? 'user_banned' : 'user_unbanned', details: {} });
  }
  if (end_sessions && !banned) acts.push({ action: 'sessions_ended', details: {} });
  return acts;
}

/**
 * Deletes the account of another user with everything in it.
 * @param password the admin's own
 * @throws AppError wrong_password, rate_limited, not_found, validation_failed (the own account), last_admin
 */
export async function eraseUser(id: string, caller: Member, password: string): Promise<void> {
  const { user: actor } = caller;
  await getUserOrThrow(id, now());
  if (id === actor.id) throw invalidField('id', 'own_account');
  await confirmPassword(caller, password);
  await prisma().$transaction(async (tx) => {
    const admins = await giveUpAdminRole(tx, id);
    if (!admins.includes(actor.id)) throw new AppError('not_found');
    // Before anything is deleted: what a crash interrupts was begun by this admin.
    await recordAudit(tx, { actor, action: 'user_erased', target: { user: id } });
  });
  await eraseAccount(id);
}
