import type { LimitRule } from './policies';

export interface LimitState extends LimitRule {
  allowed: boolean;
  remaining: number;
  /** Seconds until the window ends. */
  reset: number;
}

/** Counts events in fixed windows. */
export interface Limiter {
  /** Counts one event against `key` under `rule` and returns the state. */
  consume(key: string, rule: LimitRule): Promise<LimitState>;
  /** Clears what was counted against `key` under `rule`. */
  forget(key: string, rule: LimitRule): Promise<void>;
}
