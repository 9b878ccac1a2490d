import 'server-only';
import { AppError } from '../../core/errors';
import type { Prisma } from '../../generated/prisma/client';

/**
 * The ids of those who can act as admins: confirmed and not banned. Their rows stay locked until the
 * transaction ends, so that two changes at once cannot each rely on the admin whom the other removes. To be
 * asked before any other row is locked.
 */
export async function lockAdmins(tx: Prisma.TransactionClient): Promise<string[]> {
  const admins = await tx.$queryRaw<{ id: string }[]>`
    select id::text from users
    where role = 'admin' and banned_at is null and email_verified is not null
    order by id for no key update`;
  return admins.map(({ id }) => id);
}

/** @throws AppError last_admin, if there is no admin but this one */
export function requireAnotherAdmin(admins: readonly string[], id: string): void {
  if (admins.length === 1 && admins[0] === id) throw new AppError('last_admin');
}
