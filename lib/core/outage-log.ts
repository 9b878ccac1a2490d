import type { ErrorCode } from './errors';
import { logger } from './logger';
import { perProcess } from './per-process';

const REPEAT_AFTER_MS = 60_000;

/** The code of what failed a request, or of a service that no request waits for. */
type Outage = ErrorCode | 'traces_not_sent';

interface Logged {
  at: number;
  withheld: number;
}

const logged = perProcess('outages-logged', () => new Map<Outage, Logged>());

/** Logs that a service failed: once a minute for each code, with the number of lines left out since. */
export function logOutage(code: Outage, facts: Record<string, unknown>): void {
  const at = performance.now();
  const before = logged.get().get(code);
  if (before && at - before.at < REPEAT_AFTER_MS) {
    before.withheld += 1;
    return;
  }
  logged.get().set(code, { at, withheld: 0 });
  logger().error({ ...facts, ...(before?.withheld ? { withheld: before.withheld } : {}) }, code);
}
