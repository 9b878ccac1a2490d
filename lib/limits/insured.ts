import { LRUCache } from 'lru-cache';
import { logger } from '../core/logger';
import { withTimeout } from '../core/timeout';
import type { Limiter, LimitState } from './limiter';
import { createMemoryLimiter } from './memory';
import type { LimitRule } from './policies';

const TRUST_AGAIN_AFTER_MS = 5_000;
/** A flood that is refused must cost the store little, and what another process forgave must soon count here. */
const REPEAT_REFUSAL_FOR_MS = 1_000;
const MAX_REFUSALS = 10_000;

interface Refusal {
  state: LimitState;
  refusedAt: number;
}

/**
 * Makes a limiter of one whose store may fail or hang. Then, and for some seconds after, events are counted
 * in this process's memory, so a store that is down neither opens a limit nor costs each request the wait.
 * Neither method rejects.
 */
export function insureLimiter(
  stored: Limiter,
  { storeName, answerWithinMs }: { storeName: string; answerWithinMs: number },
): Limiter {
  const remembered = createMemoryLimiter();
  const refusals = new LRUCache<string, Refusal>({ max: MAX_REFUSALS });
  let distrustedUntil = Number.NEGATIVE_INFINITY;

  /** @returns null where the store cannot be asked */
  async function ask<T>(work: () => Promise<T>): Promise<T | null> {
    if (performance.now() < distrustedUntil) return null;
    try {
      const message = `no answer within ${answerWithinMs} ms`;
      return await withTimeout({ ms: answerWithinMs, message }, work);
    } catch (error) {
      // No more than its name: messages of stores repeat the command, and with it an address.
      const reason = error instanceof Error ? error.name : typeof error;
      if (performance.now() >= distrustedUntil) {
        logger().warn({ store: storeName, reason }, 'limits are counted in memory: their store failed');
      }
      distrustedUntil = performance.now() + TRUST_AGAIN_AFTER_MS;
      return null;
    }
  }

  return {
    async consume(key, rule) {
      const id = refusalId(key, rule);
      const refusal = refusals.get(id);
      if (isFresh(refusal)) return repeatRefusal(refusal);
      const state = await ask(() => stored.consume(key, rule));
      if (state === null) return isInForce(refusal) ? repeatRefusal(refusal) : remembered.consume(key, rule);
      if (!state.allowed) refusals.set(id, { state, refusedAt: performance.now() });
      return state;
    },
    async forget(key, rule) {
      await Promise.all([remembered.forget(key, rule), ask(() => stored.forget(key, rule))]);
      refusals.delete(refusalId(key, rule));
    },
  };
}

function refusalId(key: string, { points, seconds }: LimitRule): string {
  return `${points}/${seconds}:${key}`;
}

function isInForce(refusal: Refusal | undefined): refusal is Refusal {
  return refusal !== undefined && repeatRefusal(refusal).reset > 0;
}

function isFresh(refusal: Refusal | undefined): refusal is Refusal {
  return isInForce(refusal) && performance.now() - refusal.refusedAt < REPEAT_REFUSAL_FOR_MS;
}

function repeatRefusal({ state, refusedAt }: Refusal): LimitState {
  const secondsSince = (performance.now() - refusedAt) / 1_000;
  return { ...state, reset: Math.max(0, Math.ceil(state.reset - secondsSince)) };
}
