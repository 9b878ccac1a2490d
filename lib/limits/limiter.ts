import type { LimitRule } from './policies';

export interface LimitState extends LimitRule {
  allowed: boolean;
  remaining: number;
  /** Seconds until the window ends. */
  reset: number;
}

/** Counts events in fixed windows. */
export interface Limiter {
  /**
   * Counts one event against `key` under each rule in turn, up to the first whose limit is reached.
   * @returns the states of the rules under which it was counted
   */
  consume(key: string, rules: readonly LimitRule[]): Promise<LimitState[]>;
  /** Clears what was counted against `key` under `rule`. */
  forget(key: string, rule: LimitRule): Promise<void>;
}
