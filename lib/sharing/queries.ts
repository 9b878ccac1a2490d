import 'server-only';
import { pool, prisma } from '../core/db';
import type { Prisma } from '../generated/prisma/client';
import type { ShareRole } from '../generated/prisma/enums';
import type { ShareDto } from './schema';

/** What sharing gave somebody on one paste. */
export interface Grant {
  shareId: string;
  role: ShareRole;
  isOpened: boolean;
}

/**
 * What this person has been given on this paste: by their confirmed address, or by a link that they
 * confirmed in this browser; the wider of the two.
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

/** Whether a share still lets edit; until the transaction ends, it cannot be taken back. */
export async function holdEditing(tx: Prisma.TransactionClient, { shareId }: Grant): Promise<boolean> {
  const held = await tx.$queryRaw<unknown[]>`
    select 1 from shares where id = ${shareId}::uuid and role = 'editor' for share`;
  return held.length > 0;
}

export const SHARE_SELECT = {
  id: true,
  email: true,
  contactId: true,
  role: true,
  createdAt: true,
  openedAt: true,
  mailedAt: true,
} satisfies Prisma.ShareSelect;

export type ShareRecord = Prisma.ShareGetPayload<{ select: typeof SHARE_SELECT }>;

export function toShareDto(share: ShareRecord): ShareDto {
  return {
    id: share.id,
    email: share.email,
    contact_id: share.contactId,
    role: share.role,
    created_at: share.createdAt.toISOString(),
    opened_at: share.openedAt?.toISOString() ?? null,
  };
}

/** Whom a paste is shared with, in the order it was. Whether a viewer may know is for `policy.ts` to say. */
export function listSharesOf(pasteId: string): Promise<ShareRecord[]> {
  return prisma().share.findMany({
    where: { pasteId },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: SHARE_SELECT,
  });
}

/** With how many people each of these pastes is shared; those shared with nobody are left out. */
export async function countShares(pasteIds: readonly string[]): Promise<Map<string, number>> {
  const groups = await prisma().share.groupBy({
    by: ['pasteId'],
    where: { pasteId: { in: [...pasteIds] } },
    _count: true,
  });
  return new Map(groups.map(({ pasteId, _count }) => [pasteId, _count]));
}
