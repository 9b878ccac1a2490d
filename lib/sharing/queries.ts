import 'server-only';
import { named, pool } from '../core/db';
import { prisma } from '../core/prisma';
import type { Prisma } from '../generated/prisma/client';
import type { ShareDto } from './schema';

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

/** The number of people each of these pastes is shared with, without those at zero. */
export async function countShares(pasteIds: readonly string[]): Promise<Map<string, number>> {
  const text =
    'select paste_id, count(*)::int from shares where paste_id = any($1::uuid[]) group by paste_id';
  const { rows } = await pool().query<{ paste_id: string; count: number }>(
    named('count-shares', text, [pasteIds]),
  );
  return new Map(rows.map(({ paste_id, count }) => [paste_id, count]));
}
