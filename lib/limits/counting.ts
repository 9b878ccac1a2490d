import type { LimitState } from './limiter';
import type { LimitRule } from './policies';

/** Counts under each rule in turn, up to the first whose limit is reached. */
export async function consumeInTurn(
  rules: readonly LimitRule[],
  consume: (rule: LimitRule) => Promise<LimitState>,
): Promise<LimitState[]> {
  const states: LimitState[] = [];
  for (const rule of rules) {
    const state = await consume(rule);
    states.push(state);
    if (!state.allowed) break;
  }
  return states;
}

/** One counter for each rule, created on first use. */
export function counterByRule<T>(create: (rule: LimitRule) => T): (rule: LimitRule) => T {
  const counters = new Map<string, T>();
  return (rule) => {
    const id = `${rule.points}/${rule.seconds}`;
    const counter = counters.get(id) ?? create(rule);
    counters.set(id, counter);
    return counter;
  };
}
