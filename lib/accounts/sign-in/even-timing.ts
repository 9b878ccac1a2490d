import { setTimeout as wait } from 'node:timers/promises';

const STEP_MS = 200;

/** Answers on the next multiple of 200 ms, so that the time does not tell what was found. */
export async function evenTiming<T>(work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  try {
    return await work();
  } finally {
    await wait(STEP_MS - ((performance.now() - start) % STEP_MS));
  }
}
