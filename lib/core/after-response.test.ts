import { beforeAll, expect, it } from 'vitest';
import { registerAfterResponse, runAfterResponse } from './after-response';

beforeAll(() => {
  process.env.DATABASE_URL ??= 'postgres://unused.invalid/none';
  process.env.AUTH_SECRET ??= 'x'.repeat(32);
  process.env.LOG_LEVEL = 'silent';
});

it('simply runs in a process without `after`', async () => {
  await new Promise<void>((resolve) => runAfterResponse(async () => resolve()));
});

it('leaves the work to the `after` it was given, and keeps failures from it', async () => {
  const handed: (() => Promise<void>)[] = [];
  registerAfterResponse((work) => handed.push(work));
  let isDone = false;
  runAfterResponse(async () => {
    isDone = true;
  });
  runAfterResponse(async () => {
    throw new Error('failed after the response');
  });
  expect([handed.length, isDone]).toEqual([2, false]);
  await Promise.all(handed.map((work) => work()));
  expect(isDone).toBe(true);
});

it('runs by itself where `after` is called outside a request', async () => {
  registerAfterResponse(() => {
    throw new Error('outside of a request');
  });
  await new Promise<void>((resolve) => runAfterResponse(async () => resolve()));
});
