import 'server-only';
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
