import { setImmediate } from 'node:timers/promises';

/** Long work in small steps: it yields after each, so that its driver can give the thread to others. */
export type Steps<Result> = Generator<undefined, Result>;

/** How long one piece of work may have the thread at a stretch. */
const SLICE_MS = 10;

/** How often the work lets what waits for it know that it goes on. */
const ALIVE_EVERY_MS = 1_000;

/**
 * Runs the work to its end; other requests are answered in between.
 * @param options.keepAlive called every second: a transaction that is silent for long is ended.
 */
export async function runSteps<Result>(
  steps: Steps<Result>,
  { keepAlive }: { keepAlive?: () => Promise<unknown> } = {},
): Promise<Result> {
  let begun = performance.now();
  let told = begun;
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - begun < SLICE_MS) continue;
    await setImmediate();
    begun = performance.now();
    if (keepAlive === undefined || begun - told < ALIVE_EVERY_MS) continue;
    await keepAlive();
    told = performance.now();
  }
}
