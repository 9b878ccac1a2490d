import pLimit from 'p-limit';
import { processorMs } from '../../core/processor-time';
import { nextTask } from '../../core/time-slicing';

/** How long one job may have the thread at a stretch. */
export const SLICE_MS = 8;
/** How long a job may wait for the thread, in milliseconds, before it leaves the rest of its text plain. */
export const PATIENCE_MS = 2_000;
const ACTIVE_MAX = 4;

const jobs = pLimit(ACTIVE_MAX);
let lastTurn: Promise<void> = Promise.resolve();

/** One slice of all highlighting per round of the event loop, however many ask. */
function nextTurn(): Promise<void> {
  lastTurn = lastTurn.then(nextTask);
  return lastTurn;
}

/**
 * Runs a few jobs at a time, so that the waiting ones hold no syntax trees. A job whose signal aborts rejects at its
 * next rest.
 */
export async function inTurn<T>(job: (pace: Pace) => Promise<T>, signal?: AbortSignal): Promise<T> {
  const pace = new Pace(signal);
  return await jobs(async () => {
    await pace.rest();
    return await job(pace);
  });
}

/** What a job has used of the thread, and its way to let others have it in between. */
export class Pace {
  readonly #signal: AbortSignal | undefined;
  readonly #begun = performance.now();
  #sliceBegun = Number.POSITIVE_INFINITY;
  #sliceCpuMs = processorMs();
  #used = 0;

  constructor(signal?: AbortSignal) {
    this.#signal = signal;
  }

  /** Milliseconds on the thread. */
  get usedMs(): number {
    return this.#used + this.sliceMs;
  }

  /** Milliseconds spent waiting for the thread. */
  get waitedMs(): number {
    return performance.now() - this.#begun - this.usedMs;
  }

  /** Milliseconds since its last rest. */
  get sliceMs(): number {
    return Math.max(0, performance.now() - this.#sliceBegun);
  }

  isSliceOver(): boolean {
    return this.sliceMs >= SLICE_MS;
  }

  /** Ends the slice; the next one begins when it is this job's turn, not before `until` is settled. */
  async rest(until?: Promise<unknown>): Promise<void> {
    this.#used += Math.min(this.sliceMs, processorMs() - this.#sliceCpuMs);
    this.#sliceBegun = Number.POSITIVE_INFINITY;
    await until;
    this.#signal?.throwIfAborted();
    await nextTurn();
    this.#signal?.throwIfAborted();
    this.#sliceBegun = performance.now();
    this.#sliceCpuMs = processorMs();
  }
}
