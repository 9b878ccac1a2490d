import 'server-only';
import type { Caller } from '../core/caller';
import { AppError } from '../core/errors';
import { prisma } from '../core/prisma';

/** What an author can see of a paste after its last read. */
export interface BurnRecord {
  id: string;
  slug: string;
  /** When it was read, in order. */
  readAt: Date[];
}

const SELECTED = { id: true, slug: true, readAt: true } as const;
const LISTED = 20;

/** When a burning paste was read, in order. Whether the caller may know it is for `canManage` to say. */
export async function listReads(pasteId: string): Promise<Date[]> {
  const reveals = await prisma().reveal.findMany({
    where: { pasteId },
    orderBy: { number: 'asc' },
    select: { at: true },
  });
  return reveals.map(({ at }) => at);
}

/** The latest burned paste with this slug, if the caller is its author. */
export async function findBurnRecord(slug: string, caller: Caller): Promise<BurnRecord | null> {
  const author = authorOf(caller);
  if (author === null) return null;
  return prisma().burnRecord.findFirst({
    where: { slug, ...author },
    orderBy: { burnedAt: 'desc' },
    select: SELECTED,
  });
}

/** The last burned pastes of a user. */
export function listBurnRecords(ownerId: string): Promise<BurnRecord[]> {
  return prisma().burnRecord.findMany({
    where: { ownerId },
    orderBy: { burnedAt: 'desc' },
    take: LISTED,
    select: SELECTED,
  });
}

/** Deletes what is kept of a burned paste. @throws AppError not_found unless the caller is its author */
export async function dismissBurnRecord(id: string, caller: Caller): Promise<void> {
  const author = authorOf(caller);
  if (author === null) throw new AppError('not_found');
  const { count } = await prisma().burnRecord.deleteMany({ where: { id, ...author } });
  if (count === 0) throw new AppError('not_found');
}

function authorOf({ user, editKeyHash }: Caller) {
  const owned = user === null ? [] : [{ ownerId: user.id }];
  const held = editKeyHash === null ? [] : [{ ownerId: null, editKeyHash: new Uint8Array(editKeyHash) }];
  const either = [...owned, ...held];
  return either.length === 0 ? null : { OR: either };
}
