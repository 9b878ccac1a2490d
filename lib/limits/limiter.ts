import type { LimitRule } from './policies';

export interface LimitState extends LimitRule {
  allowed: boolean;
  remaining: number;
  /** Seconds until the window ends. */
  reset: number;
}

/** Counts events in fixed windows. A store that is down or slow must not open the limit. */
export interface Limiter {
  /** Counts one event against `key` under `rule` and says where that leaves the caller. */
  consume(key: string, rule: LimitRule): Promise<LimitState>;
}
