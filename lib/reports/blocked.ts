import 'server-only';
import { type AuditActor, recordAudit } from '../audit/record';
import type { Member } from '../core/caller';
import { now } from '../core/clock';
import { AppError, invalidField } from '../core/errors';
import { cutPage, type Page } from '../core/pagination';
import { prisma } from '../core/prisma';
import type { Prisma } from '../generated/prisma/client';
import type { PasteRecord } from '../pastes/queries';
import { MIN_BLOCKED_BYTES } from '../pastes/schema';
import { type BlockedHashDto, sha256Schema } from './schema';

/**
 * The hashes of a paste that can be blocked: of a ciphertext it is of no use, and a very short text is too common. None
 * of one that burns: what it says is not to be learned from its hash.
 */
export function blockableHashes(paste: PasteRecord): string[] {
  if (paste.burnAfter !== null) return [];
  return [
    ...new Set(paste.files.filter(({ bytes }) => bytes >= MIN_BLOCKED_BYTES).map(({ sha256 }) => sha256)),
  ];
}

/** Blocks texts by their hashes, in the transaction of a decision. */
export async function blockHashes(
  tx: Prisma.TransactionClient,
  hashes: readonly string[],
  { reason, actor }: { reason: string; actor: AuditActor },
): Promise<void> {
  for (const hash of hashes) {
    const { count } = await tx.blockedHash.createMany({
      data: [{ sha256: Buffer.from(hash, 'hex'), reason, blockedAt: now() }],
      skipDuplicates: true,
    });
    if (count > 0) await recordAudit(tx, { actor, action: 'hash_blocked', target: { sha256: hash } });
  }
}

/** Blocked texts by their hashes, the last one first. The caller checks permission. */
export async function listBlockedHashes({
  limit,
  cursor,
}: {
  limit: number;
  cursor?: string | undefined;
}): Promise<Page<BlockedHashDto>> {
  const rows = await prisma().blockedHash.findMany({
    ...(cursor === undefined ? {} : { cursor: { sha256: await findBlocked(cursor) }, skip: 1 }),
    orderBy: [{ blockedAt: 'desc' }, { sha256: 'asc' }],
    take: limit + 1,
  });
  const { items, last } = cutPage(rows, limit);
  return {
    items: items.map(({ sha256, reason, blockedAt }) => ({
      sha256: toHex(sha256),
      reason,
      blocked_at: blockedAt.toISOString(),
    })),
    nextCursor: last ? toHex(last.sha256) : null,
  };
}

/** @throws AppError not_found */
export async function unblockHash(hash: string, { user }: Member): Promise<void> {
  const parsed = sha256Schema.safeParse(hash);
  if (!parsed.success) throw new AppError('not_found');
  await prisma().$transaction(async (tx) => {
    const { count } = await tx.blockedHash.deleteMany({ where: { sha256: Buffer.from(parsed.data, 'hex') } });
    if (count === 0) throw new AppError('not_found');
    await recordAudit(tx, { actor: user, action: 'hash_unblocked', target: { sha256: parsed.data } });
  });
}

async function findBlocked(cursor: string): Promise<Uint8Array<ArrayBuffer>> {
  const parsed = sha256Schema.safeParse(cursor);
  const row = parsed.success
    ? await prisma().blockedHash.findUnique({ where: { sha256: Buffer.from(parsed.data, 'hex') } })
    : null;
  if (row) return row.sha256;
  throw invalidField('cursor', 'cursor_unknown');
}

function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
