import { expect, it } from 'vitest';
import { evenTiming } from './even-timing';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await evenTiming(work).catch(() => {});
  return performance.now() - start;
}

it.each([
  ['at once', async () => {}, 200],
  ['with an error', () => Promise.reject(new Error('refused')), 200],
  ['in the second step', () => pause(210), 400],
])('answers work that ends %s at the end of its step', async (_name, work, ms) => {
  expect(Math.ceil(await timed(work))).toBeGreaterThanOrEqual(ms);
});

it('gives the result and the error of the work', async () => {
  expect(await evenTiming(async () => 'done')).toBe('done');
  await expect(evenTiming(() => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
});
