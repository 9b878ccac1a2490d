import { setTimeout as wait } from 'node:timers/promises';

const STEP_MS = 200;

/** Answers at the next multiple of 200 ms, so that the response time reveals nothing. */
export async function evenTiming<T>(work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  try {
    return await work();
  } finally {
    await wait(STEP_MS - ((performance.now() - start) % STEP_MS));
  }
}
