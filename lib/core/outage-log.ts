import type { ErrorCode } from './errors';
import { logger } from './logger';
import { perProcess } from './per-process';

const REPEAT_AFTER_MS = 60_000;

interface Logged {
  at: number;
  withheld: number;
}

const logged = perProcess('outages-logged', () => new Map<ErrorCode, Logged>());

/** Logs that a service failed a request: once a minute for each code, with the number of lines left out since. */
export function logOutage(code: ErrorCode, facts: Record<string, unknown>): void {
  const at = performance.now();
  const before = logged.get().get(code);
  if (before && at - before.at < REPEAT_AFTER_MS) {
    before.withheld += 1;
    return;
  }
  logged.get().set(code, { at, withheld: 0 });
  logger().error({ ...facts, ...(before?.withheld ? { withheld: before.withheld } : {}) }, code);
}
