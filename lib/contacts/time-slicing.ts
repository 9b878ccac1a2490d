import { setImmediate } from 'node:timers/promises';

/** A long computation that yields after each small step, so that other requests can run in between. */
export type SlicedTask<Result> = Generator<undefined, Result>;

/** How long a task may run without giving the thread to other requests. */
const SLICE_MS = 10;

/** How often `keepAlive` is called. */
const KEEP_ALIVE_MS = 1_000;

/**
 * Runs a task to its end, in slices between which other requests run.
 * @param options.keepAlive called every second, for a transaction that ends when it is idle for long
 */
export async function runInSlices<Result>(
  task: SlicedTask<Result>,
  { keepAlive }: { keepAlive?: () => Promise<unknown> } = {},
): Promise<Result> {
  let sliceStart = performance.now();
  let lastKeepAlive = sliceStart;
  for (;;) {
    const step = task.next();
    if (step.done) return step.value;
    if (performance.now() - sliceStart < SLICE_MS) continue;
    await setImmediate();
    sliceStart = performance.now();
    if (keepAlive === undefined || sliceStart - lastKeepAlive < KEEP_ALIVE_MS) continue;
    await keepAlive();
    lastKeepAlive = performance.now();
  }
}
