import 'server-only';
import { env } from '@/lib/core/env';
import { logger } from '@/lib/core/logger';
import { runSweep } from '@/lib/jobs/sweep';

const RECONCILE_EVERY_MS = 24 * 60 * 60 * 1_000;
const FIRST_RECONCILE_AFTER_MS = 60 * 60 * 1_000;
const MAX_BUDGET_MS = 20_000;

/**
 * Runs a sweep every `SWEEP_INTERVAL_SECONDS`, one at a time, and once a day checks the whole store. Returns
 * a function that stops the timer and waits for a running sweep.
 */
export function startSweepTimer(): () => Promise<void> {
  const intervalMs = env().SWEEP_INTERVAL_SECONDS * 1_000;
  if (intervalMs === 0) return async () => {};
  let running: Promise<void> | undefined;
  // After a start, the operator has an hour to notice a wrong database.
  let reconciledAt = Date.now() - RECONCILE_EVERY_MS + FIRST_RECONCILE_AFTER_MS;

  const sweep = async () => {
    const now = new Date();
    const reconcile = now.getTime() - reconciledAt >= RECONCILE_EVERY_MS;
    try {
      const budgetMs = reconcile ? MAX_BUDGET_MS : Math.min(intervalMs / 2, MAX_BUDGET_MS);
      await runSweep({ now, budgetMs, reconcile });
      if (reconcile) reconciledAt = now.getTime();
    } catch (error) {
      logger().error({ err: error }, 'the sweep failed');
    }
  };

  const timer = setInterval(() => {
    running ??= sweep().finally(() => {
      running = undefined;
    });
  }, intervalMs);
  return async () => {
    clearInterval(timer);
    await running;
  };
}
