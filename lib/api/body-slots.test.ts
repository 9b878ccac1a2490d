import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../core/errors';
import { BodySlots } from './body-slots';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Whether a slot is given at once. */
async function isGiven(taking: Promise<unknown>): Promise<boolean> {
  const waited = Promise.resolve().then(() => Promise.resolve('waiting'));
  return (await Promise.race([taking, waited])) !== 'waiting';
}

describe('large bodies: slots', () => {
  it('one client can hold two of eight slots', async () => {
    const slots = new BodySlots();
    const own = await Promise.all(['a', 'a'].map((client) => slots.take(client)));
    const third = slots.take('a');
    expect(await isGiven(third)).toBe(false);
    expect(await isGiven(slots.take('b'))).toBe(true);
    own[0]?.();
    expect(await isGiven(third)).toBe(true);
  });

  it('a released slot passes to the first in line that may hold one', async () => {
    const slots = new BodySlots();
    const [first] = await Promise.all('aabbccdd'.split('').map((client) => slots.take(client)));
    const waiting = { a: slots.take('a'), x: slots.take('x'), y: slots.take('y') };
    first?.();
    expect(await isGiven(waiting.a)).toBe(true);
    expect(await isGiven(waiting.x)).toBe(false);
    (await waiting.a)();
    expect(await isGiven(waiting.x)).toBe(true);
    expect(await isGiven(waiting.y)).toBe(false);
  });

  it('waits at most ten seconds, and no longer counts aborted requests', async () => {
    const slots = new BodySlots();
    const held = await Promise.all('aabbccdd'.split('').map((client) => slots.take(client)));
    const rejected = expect(slots.take('x')).rejects.toMatchObject({ code: 'overloaded', retryAfter: 5 });
    await vi.advanceTimersByTimeAsync(10_000);
    await rejected;
    for (const giveBack of held) giveBack();
    expect(await isGiven(slots.take('x'))).toBe(true);
  });

  it('one client fills half of the line at most', async () => {
    const slots = new BodySlots();
    await Promise.all('aabbccdd'.split('').map((client) => slots.take(client)));
    const line = Array.from({ length: 40 }, () => slots.take('a').catch((error: unknown) => error));
    const rejectedAtOnce = await Promise.all(line.slice(32));
    expect(rejectedAtOnce.every((error) => error instanceof AppError)).toBe(true);
    expect(await isGiven(slots.take('x').catch((error: unknown) => error))).toBe(false);
    await vi.advanceTimersByTimeAsync(10_000);
  });
});
