import 'server-only';
import { now } from '../core/clock';
import { logger } from '../core/logger';
import { perProcess } from '../core/per-process';
import { REPEAT_MS } from './schema';

/** So that the timer does not fire within the last millisecond. */
const PURGE_AFTER_MS = REPEAT_MS + 500;

const timers = perProcess('purges', () => new Set<NodeJS.Timeout>());

/**
 * Deletes the bodies of a burned paste when its last read can no longer be repeated. The sweep does the same, for
 * reveals by a process that has ended.
 */
export function purgeLater(pasteId: string): void {
  const timer = setTimeout(() => {
    timers.get().delete(timer);
    purge(pasteId).catch((error: unknown) => {
      logger().warn({ err: error, paste: pasteId }, 'a burned paste is left to the sweep');
    });
  }, PURGE_AFTER_MS);
  timer.unref();
  timers.get().add(timer);
}

async function purge(pasteId: string): Promise<void> {
  const { purgeBurned } = await import('./purge');
  await purgeBurned(pasteId, now());
}

/** Leaves all to the sweep, when the process ends. */
export function cancelPurges(): void {
  for (const timer of timers.clear() ?? []) clearTimeout(timer);
}
