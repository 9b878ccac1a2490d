import 'server-only';
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Prisma } from '../generated/prisma/client';
import { now } from './clock';
import { AppError, invalidField } from './errors';
import { prisma } from './prisma';

const DAY_MS = 86_400_000;
const KEY_SHAPE = /^[\x21-\x7e]{1,255}$/;
/** A request that takes longer has ended with its process. */
const ABANDONED_MS = 30_000;
// Others with the key look in these intervals whether the first one has ended, for about ten seconds.
const FIRST_WAIT_MS = 50;
const LONGEST_WAIT_MS = 500;
const MAX_TRIES = 23;

/** A request with the key of its caller, so that a retry creates nothing new. */
export interface NamedRequest {
  scope: Uint8Array<ArrayBuffer>;
  request: Uint8Array<ArrayBuffer>;
}

/**
 * @param options.scope what the key is scoped to: the caller, and possibly the operation.
 * @param options.input the input of the request; the same key with other input is rejected.
 * @throws AppError validation_failed
 */
export function nameRequest(
  key: string,
  { scope, input }: { scope: readonly string[]; input: unknown },
): NamedRequest {
  if (!KEY_SHAPE.test(key)) throw invalidField('idempotency-key', 'idempotency_key');
  return { scope: hash([...scope, key]), request: hash(input) };
}

/** @throws AppError validation_failed if the key was used for another request */
export function requireSameRequest({ request }: NamedRequest, before: { request: Uint8Array }): void {
  if (!Buffer.from(request).equals(before.request))
    throw invalidField('idempotency-key', 'idempotency_key_reused');
}

/** Keys of before this time no longer count. */
export function dayAgo(): Date {
  return new Date(now().getTime() - DAY_MS);
}

/** Stores the id of what was created, in the transaction that creates it. */
export type KeepResult = (tx: Prisma.TransactionClient, id: string) => Promise<void>;

interface Work<T> {
  create: (keep: KeepResult) => Promise<T>;
  /** What was created, as it is now; null if it has been deleted since. */
  find: (id: string) => Promise<T | null>;
}

/**
 * Runs the first request with a key. Others with the key, also at the same time, get what it created; when it
 * fails, or what it created is deleted, the next one is the first.
 * @throws AppError validation_failed, conflict (the first request takes too long)
 */
export async function runOnce<T>(
  once: NamedRequest,
  { create, find }: Work<T>,
): Promise<{ made: T; replayed: boolean }> {
  const { scope } = once;
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const first = await prisma().idempotentRequest.findUnique({ where: { scope } });
    if (!first || isOver(first)) {
      const createdAt = now();
      if (!(await claim(once, createdAt))) continue;
      const made = await create(keepFor({ scope, createdAt })).catch(async (error: unknown) => {
        await release({ scope, createdAt }).catch(() => {});
        throw error;
      });
      return { made, replayed: false };
    }
    requireSameRequest(once, first);
    const { resultId } = first;
    if (resultId === null) {
      await sleep(Math.min(FIRST_WAIT_MS * 2 ** tries, LONGEST_WAIT_MS));
      continue;
    }
    const made = await find(resultId);
    if (made !== null) return { made, replayed: true };
    await prisma().idempotentRequest.deleteMany({ where: { scope, resultId } });
  }
  throw underWay();
}

/** Whether a key counts no longer: it is a day old, or its request was abandoned. */
function isOver({ createdAt, resultId }: { createdAt: Date; resultId: string | null }): boolean {
  return createdAt < (resultId === null ? abandonedSince() : dayAgo());
}

function abandonedSince(): Date {
  return new Date(now().getTime() - ABANDONED_MS);
}

/** Whether this request is now the first one with the key. */
async function claim({ scope, request }: NamedRequest, at: Date): Promise<boolean> {
  const claimed = await prisma().$executeRaw`
    insert into idempotent_requests as r (scope, request, created_at) values (${scope}, ${request}, ${at})
    on conflict (scope) do update set request = excluded.request, result_id = null, created_at = excluded.created_at
      where r.created_at < ${dayAgo()} or (r.result_id is null and r.created_at < ${abandonedSince()})`;
  return claimed === 1;
}

interface Claim {
  scope: NamedRequest['scope'];
  createdAt: Date;
}

async function release(claimed: Claim): Promise<void> {
  await prisma().idempotentRequest.deleteMany({ where: { ...claimed, resultId: null } });
}

/** Nothing is created if another request has taken over the key. */
function keepFor(claimed: Claim): KeepResult {
  return async (tx, resultId) => {
    const where = { ...claimed, resultId: null };
    const { count } = await tx.idempotentRequest.updateMany({ where, data: { resultId } });
    if (count === 0) throw underWay();
  };
}

function underWay(): AppError {
  return new AppError('conflict', {
    detail: 'Another request with this Idempotency-Key is being processed.',
  });
}

function hash(value: unknown): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(JSON.stringify(value)).digest());
}
