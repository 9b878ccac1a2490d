import { LRUCache } from 'lru-cache';
import { logger } from '../core/logger';
import { withTimeout } from '../core/timeout';
import type { Limiter, LimitState } from './limiter';
import { openLater } from './open-later';
import type { LimitRule } from './policies';

const RETRY_STORE_AFTER_MS = 5_000;
/** Spares the store during a flood; short, so that a limit reset by another process soon takes effect here. */
const REPEAT_BLOCK_FOR_MS = 1_000;
const MAX_BLOCKS = 10_000;

interface Block {
  state: LimitState;
  blockedAt: number;
}

/**
 * Wraps a limiter whose store may fail or time out. After a failure, events are counted in this process's
 * memory for a few seconds, so an outage neither lifts a limit nor delays every request. Its methods do not
 * reject.
 */
export function withMemoryFallback(
  stored: Limiter,
  { storeName, answerWithinMs }: { storeName: string; answerWithinMs: number },
): Limiter {
  const inMemory = openLater(async () => (await import('./memory')).createMemoryLimiter());
  const blocks = new LRUCache<string, Block>({ max: MAX_BLOCKS });
  let fallbackUntil = Number.NEGATIVE_INFINITY;

  /** @returns null if the store failed recently or fails now */
  async function ask<T>(work: () => Promise<T>): Promise<T | null> {
    if (performance.now() < fallbackUntil) return null;
    try {
      const message = `no answer within ${answerWithinMs} ms`;
      return await withTimeout({ ms: answerWithinMs, message }, work);
    } catch (error) {
      // Only the name: the message may repeat the command and thus an address.
      const reason = error instanceof Error ? error.name : typeof error;
      if (performance.now() >= fallbackUntil) {
        logger().warn({ store: storeName, reason }, 'limits are counted in memory: their store failed');
      }
      fallbackUntil = performance.now() + RETRY_STORE_AFTER_MS;
      return null;
    }
  }

  return {
    async consume(key, rules) {
      const known = rules.map((rule) => blocks.get(blockId(key, rule)));
      const fresh = known.find(isFresh);
      if (fresh) return [repeatBlock(fresh)];
      const states = await ask(() => stored.consume(key, rules));
      if (states === null) {
        const inForce = known.find(isInForce);
        return inForce ? [repeatBlock(inForce)] : inMemory.consume(key, rules);
      }
      const last = states.at(-1);
      if (last && !last.allowed)
        blocks.set(blockId(key, last), { state: last, blockedAt: performance.now() });
      return states;
    },
    async forget(key, rule) {
      await Promise.all([inMemory.forget(key, rule), ask(() => stored.forget(key, rule))]);
      blocks.delete(blockId(key, rule));
    },
  };
}

function blockId(key: string, { points, seconds }: LimitRule): string {
  return `${points}/${seconds}:${key}`;
}

function isInForce(block: Block | undefined): block is Block {
  return block !== undefined && repeatBlock(block).reset > 0;
}

function isFresh(block: Block | undefined): block is Block {
  return isInForce(block) && performance.now() - block.blockedAt < REPEAT_BLOCK_FOR_MS;
}

function repeatBlock({ state, blockedAt }: Block): LimitState {
  const secondsSince = (performance.now() - blockedAt) / 1_000;
  return { ...state, reset: Math.max(0, Math.ceil(state.reset - secondsSince)) };
}
