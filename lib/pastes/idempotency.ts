import 'server-only';
import { createHash } from 'node:crypto';
import { now } from '../core/clock';
import { prisma } from '../core/db';
import { AppError } from '../core/errors';
import { seal, unseal } from '../core/sealed';
import { findPasteById, type PasteRecord } from './queries';

const DAY_MS = 86_400_000;
const KEY_SHAPE = /^[\x21-\x7e]{1,255}$/;

/** One create request with its caller's key, so that a retry creates nothing new. */
export interface CreateOnce {
  scope: Uint8Array<ArrayBuffer>;
  request: Uint8Array<ArrayBuffer>;
}

/**
 * @param options.caller the user or address that the key is scoped to.
 * @param options.input the input of the request; the same key with other input is rejected.
 * @throws AppError validation_failed
 */
export function nameCreate(key: string, { caller, input }: { caller: string; input: unknown }): CreateOnce {
  if (!KEY_SHAPE.test(key)) {
    throw new AppError('validation_failed', {
      fields: [{ path: 'idempotency-key', message: 'idempotency_key' }],
    });
  }
  return { scope: hash([caller, key]), request: hash(input) };
}

/** Deletes the result of an earlier create that no longer counts: a day old, or of a deleted paste. */
export async function forgetStaleCreate({ scope }: CreateOnce): Promise<void> {
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
export async function findCreate({
  scope,
  request,
}: CreateOnce): Promise<{ paste: PasteRecord; editKey: string | null } | null> {
  const row = await prisma().idempotentCreate.findUnique({ where: { scope, createdAt: { gte: dayAgo() } } });
  if (!row) return null;
  if (!Buffer.from(request).equals(row.request)) {
    throw new AppError('validation_failed', {
      fields: [{ path: 'idempotency-key', message: 'idempotency_key_reused' }],
    });
  }
  const paste = await findPasteById(row.pasteId, now());
  return paste && { paste, editKey: row.sealed === '' ? null : await unseal('edit-key', row.sealed) };
}

function dayAgo(): Date {
  return new Date(now().getTime() - DAY_MS);
}

function hash(value: unknown): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(JSON.stringify(value)).digest());
}
