import { processorMs } from '../../core/processor-time';
import type { Pace } from '../highlight/pace';

/** The share of its budget that a rendering may use without a rest. */
const STRETCH_SHARE = 0.32;
const CHECK_EVERY = 64;

/** Thrown to give up on a text whose rendering would cost too much. */
export class TooExpensiveError extends Error {}

/**
 * What a rendering has used of the thread. Code that cannot pause calls `step` as often as it can, and is
 * thrown out of a stretch that is too long; code that can calls `restWhenDue`.
 */
export class Meter {
  readonly #pace: Pace;
  readonly #budgetMs: number;
  #used = 0;
  #steps = 0;
  #begun = performance.now();
  #cpuMs = processorMs();

  constructor(pace: Pace, budgetMs: number) {
    this.#pace = pace;
    this.#budgetMs = budgetMs;
  }

  step(): void {
    if (++this.#steps % CHECK_EVERY === 0) this.check();
  }

  check(): void {
    const limitMs = Math.min(STRETCH_SHARE * this.#budgetMs, this.#budgetMs - this.#used);
    if (performance.now() - this.#begun > limitMs && this.#stretchMs() > limitMs) {
      throw new TooExpensiveError('out of time');
    }
  }

  async restWhenDue(): Promise<void> {
    if (!this.#pace.isSliceOver()) return;
    this.check();
    this.#used += this.#stretchMs();
    await this.#pace.rest();
    this.#begun = performance.now();
    this.#cpuMs = processorMs();
  }

  /** CPU time of this process only. */
  #stretchMs(): number {
    return Math.min(performance.now() - this.#begun, processorMs() - this.#cpuMs);
  }
}
