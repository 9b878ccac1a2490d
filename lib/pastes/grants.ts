import 'server-only';
import { pool } from '../core/db';
import type { Prisma } from '../generated/prisma/client';
import type { ShareRole } from '../generated/prisma/enums';

/** The grant of a share on one paste. */
export interface Grant {
  shareId: string;
  role: ShareRole;
  isOpened: boolean;
}

/**
 * The grant of this person on this paste, by their confirmed address or by a link confirmed in this browser;
 * the one with the higher role.
 */
export async function findGrant(
  pasteId: string,
  person: { email: string | null; shareIds: readonly string[] },
): Promise<Grant | null> {
  if (person.email === null && person.shareIds.length === 0) return null;
  const { rows } = await pool().query<{ id: string; role: ShareRole; opened: boolean }>(
    `select id, role, opened_at is not null as opened from shares
     where paste_id = $1 and (email = $2 or id = any($3::uuid[]))
     order by role desc limit 1`,
    [pasteId, person.email, person.shareIds],
  );
  const row = rows[0];
  return row ? { shareId: row.id, role: row.role, isOpened: row.opened } : null;
}

/** Whether a share still allows editing; it cannot be revoked until the transaction ends. */
export async function holdEditing(tx: Prisma.TransactionClient, { shareId }: Grant): Promise<boolean> {
  const held = await tx.$queryRaw<unknown[]>`
    select 1 from shares where id = ${shareId}::uuid and role = 'editor' for share`;
  return held.length > 0;
}
