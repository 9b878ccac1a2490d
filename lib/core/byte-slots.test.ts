import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isAbortedRequest } from './app-error';
import { ByteSlots } from './byte-slots';
import { AppError } from './errors';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Eight bytes, of which a client may hold two. */
function createSlots(): ByteSlots {
  return new ByteSlots({ capacity: 8, perClient: 2, waitMs: 10_000, maxWaiting: 64 });
}

/** Takes one byte for each client. */
function takeEach(slots: ByteSlots, clients: string): Promise<(() => void)[]> {
  return Promise.all([...clients].map((client) => slots.take(client, 1)));
}

/** Whether the bytes are lent at once. */
async function isGiven(taking: Promise<unknown>): Promise<boolean> {
  const waited = Promise.resolve().then(() => Promise.resolve('waiting'));
  return (await Promise.race([taking, waited])) !== 'waiting';
}

describe('byte slots', () => {
  it('one client can hold two of eight bytes', async () => {
    const slots = createSlots();
    const own = await takeEach(slots, 'aa');
    const third = slots.take('a', 1);
    expect(await isGiven(third)).toBe(false);
    expect(await isGiven(slots.take('b', 1))).toBe(true);
    own[0]?.();
    expect(await isGiven(third)).toBe(true);
  });

  it('returned bytes pass to the first in line that may hold them', async () => {
    const slots = createSlots();
    const [first] = await takeEach(slots, 'aabbccdd');
    const waiting = { a: slots.take('a', 1), x: slots.take('x', 1), y: slots.take('y', 1) };
    first?.();
    expect(await isGiven(waiting.a)).toBe(true);
    expect(await isGiven(waiting.x)).toBe(false);
    (await waiting.a)();
    expect(await isGiven(waiting.x)).toBe(true);
    expect(await isGiven(waiting.y)).toBe(false);
  });

  it('admits several small requests when a large one ends', async () => {
    const slots = createSlots();
    const [large] = await Promise.all(['a', 'b', 'c', 'd'].map((client) => slots.take(client, 2)));
    const waiting = [slots.take('x', 1), slots.take('y', 1), slots.take('z', 1)];
    large?.();
    expect(await Promise.all(waiting.map(isGiven))).toEqual([true, true, false]);
  });

  it('does not let small requests overtake a large one', async () => {
    const slots = createSlots();
    const held = await takeEach(slots, 'aabbccd');
    const large = slots.take('x', 2);
    const small = slots.take('y', 1);
    expect(await Promise.all([large, small].map(isGiven))).toEqual([false, false]);
    held[0]?.();
    expect(await Promise.all([large, small].map(isGiven))).toEqual([true, false]);
  });

  it('lends a client its whole share for more bytes than that', async () => {
    const slots = createSlots();
    const giveBack = await slots.take('a', 1_000);
    expect(await isGiven(slots.take('a', 1))).toBe(false);
    giveBack();
    expect(await isGiven(slots.take('b', 1_000))).toBe(true);
  });

  it('takes bytes back once', async () => {
    const slots = createSlots();
    const [first] = await takeEach(slots, 'aabbccdd');
    first?.();
    first?.();
    expect(await isGiven(slots.take('x', 1))).toBe(true);
    expect(await isGiven(slots.take('y', 1))).toBe(false);
  });

  it('waits at most ten seconds, and no longer counts aborted requests', async () => {
    const slots = createSlots();
    const held = await takeEach(slots, 'aabbccdd');
    const rejected = expect(slots.take('x', 1)).rejects.toMatchObject({ code: 'overloaded', retryAfter: 5 });
    await vi.advanceTimersByTimeAsync(10_000);
    await rejected;
    for (const giveBack of held) giveBack();
    expect(await isGiven(slots.take('x', 1))).toBe(true);
  });

  it('admits those behind a large request that gives up', async () => {
    const slots = createSlots();
    await takeEach(slots, 'aabbccd');
    const rejected = expect(slots.take('x', 2)).rejects.toMatchObject({ code: 'overloaded' });
    await vi.advanceTimersByTimeAsync(5_000);
    const small = slots.take('y', 1);
    await vi.advanceTimersByTimeAsync(5_000);
    await rejected;
    expect(await isGiven(small)).toBe(true);
  });

  it('one client fills half of the line at most', async () => {
    const slots = createSlots();
    await takeEach(slots, 'aabbccdd');
    const line = Array.from({ length: 40 }, () => slots.take('a', 1).catch((error: unknown) => error));
    const rejectedAtOnce = await Promise.all(line.slice(32));
    expect(rejectedAtOnce.every((error) => error instanceof AppError)).toBe(true);
    expect(await isGiven(slots.take('x', 1).catch((error: unknown) => error))).toBe(false);
    await vi.advanceTimersByTimeAsync(10_000);
  });

  it('gives back what an aborted request holds, and takes it out of the line', async () => {
    const slots = createSlots();
    const [holding, waiting] = [new AbortController(), new AbortController()];
    const giveBack = await slots.take('a', 2, holding.signal);
    const left = slots.take('a', 2, waiting.signal);
    const next = slots.take('a', 2);
    waiting.abort();
    await expect(left).rejects.toSatisfy(isAbortedRequest);
    expect(await isGiven(next)).toBe(false);
    holding.abort();
    expect(await isGiven(next)).toBe(true);
    giveBack();
    expect(await isGiven(slots.take('a', 1))).toBe(false);
    await expect(slots.take('b', 1, holding.signal)).rejects.toSatisfy(isAbortedRequest);
    expect(await isGiven(slots.take('b', 2))).toBe(true);
  });
});
