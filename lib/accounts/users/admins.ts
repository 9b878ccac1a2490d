import 'server-only';
import { AppError } from '../../core/errors';
import type { Prisma } from '../../generated/prisma/client';

/**
 * The ids of active admins: confirmed and not banned. Locks their rows until the transaction ends, so that
 * two concurrent changes cannot each rely on the admin that the other removes. Call it before any other row
 * is locked.
 */
export async function lockAdmins(tx: Prisma.TransactionClient): Promise<string[]> {
  const admins = await tx.$queryRaw<{ id: string }[]>`
    select id::text from users
    where role = 'admin' and banned_at is null and email_verified is not null
    order by id for no key update`;
  return admins.map(({ id }) => id);
}

/** @throws AppError last_admin if this is the only admin */
export function requireAnotherAdmin(admins: readonly string[], id: string): void {
  if (admins.length === 1 && admins[0] === id) throw new AppError('last_admin');
}
