import 'server-only';
import { now } from '../core/clock';
import { dayAgo, type NamedRequest, nameRequest, requireSameRequest } from '../core/idempotency';
import { prisma } from '../core/prisma';
import { seal, unseal } from '../core/sealed';
import { findPasteById, type PasteRecord } from './queries';

/**
 * @param options.caller the user or address that the key is scoped to.
 * @param options.input the input of the request; the same key with other input is rejected.
 * @throws AppError validation_failed
 */
export function nameCreate(key: string, { caller, input }: { caller: string; input: unknown }): NamedRequest {
  return nameRequest(key, { scope: [caller], input });
}

/** Deletes the result of an earlier create that no longer counts: a day old, or of a deleted paste. */
export async function forgetStaleCreate({ scope }: NamedRequest): Promise<void> {
  const isDeleted = { OR: [{ deletedAt: { not: null } }, { expiresAt: { lte: now() } }] };
  await prisma().idempotentCreate.deleteMany({
    where: { scope, OR: [{ createdAt: { lt: dayAgo() } }, { paste: isDeleted }] },
  });
}

/** The edit key as it is stored for a retry: encrypted; empty for an owned paste. */
export async function sealEditKey(editKey: string | null): Promise<string> {
  return editKey === null ? '' : await seal('edit-key', editKey);
}

/**
 * The result of the first create; null if there was none, or if its paste is deleted.
 * @throws AppError validation_failed
 */
export async function findCreate(
  once: NamedRequest,
): Promise<{ paste: PasteRecord; editKey: string | null } | null> {
  const { scope } = once;
  const row = await prisma().idempotentCreate.findUnique({ where: { scope, createdAt: { gte: dayAgo() } } });
  if (!row) return null;
  requireSameRequest(once, row);
  const paste = await findPasteById(row.pasteId, now());
  return paste && { paste, editKey: row.sealed === '' ? null : await unseal('edit-key', row.sealed) };
}
