import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Coalescer } from './coalesce';

const OPTIONS = { maxRunning: 2, maxItems: 3, limit: { ms: 500, message: 'late' } };

/** A coalescer whose calls end when the test ends them. */
function startCoalescer() {
  const calls: { items: readonly string[]; end: (result: string) => void; fail: () => void }[] = [];
  const coalescer = new Coalescer<string, string>({
    ...OPTIONS,
    run: (items) =>
      new Promise((resolve, reject) => {
        calls.push({ items: [...items], end: resolve, fail: () => reject(new Error('failed')) });
      }),
  });
  const listed = () => calls.map(({ items }) => items.join(''));
  return { add: (item: string) => coalescer.add(item), calls, listed };
}

describe('Coalescer', () => {
  it('calls at once for a lone item, and once for those of one turn', async () => {
    const { add, calls, listed } = startCoalescer();
    const alone = add('a');
    await nextTurn();
    expect(listed()).toEqual(['a']);
    const together = [add('b'), add('c')];
    await nextTurn();
    expect(listed()).toEqual(['a', 'bc']);
    calls[1]?.end('second');
    calls[0]?.end('first');
    expect(await Promise.all([alone, ...together])).toEqual(['first', 'second', 'second']);
  });

  it('collects items while as many calls run as may, in order, and no more than a call may have', async () => {
    const { add, calls, listed } = startCoalescer();
    const results: Promise<string>[] = [];
    for (const item of ['a', 'b', 'c', 'd', 'e', 'f']) {
      results.push(add(item));
      await nextTurn();
    }
    expect(listed()).toEqual(['a', 'b']);
    calls[0]?.end('first');
    await nextTurn();
    expect(listed()).toEqual(['a', 'b', 'cde']);
    calls[1]?.end('second');
    calls[2]?.end('third');
    await nextTurn();
    expect(listed()).toEqual(['a', 'b', 'cde', 'f']);
    calls[3]?.end('fourth');
    expect(await Promise.all(results)).toEqual(['first', 'second', 'third', 'third', 'third', 'fourth']);
  });

  it('rejects for the callers of the call that failed, and for no others', async () => {
    const { add, calls, listed } = startCoalescer();
    const failing = [add('a'), add('b')];
    await nextTurn();
    const other = add('c');
    await nextTurn();
    const waiting = add('d');
    calls[0]?.fail();
    expect((await Promise.allSettled(failing)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    calls[1]?.end('well');
    expect(await other).toBe('well');
    await nextTurn();
    expect(listed()).toEqual(['ab', 'c', 'd']);
    calls[2]?.end('well too');
    expect(await waiting).toBe('well too');
  });
});

describe('a call that does not end', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is given up, and so is what waits for it; what comes later waits for its end', async () => {
    const { add, calls, listed } = startCoalescer();
    const stuck: Promise<string>[] = [];
    for (const item of ['a', 'b', 'c']) {
      stuck.push(add(item));
      await vi.advanceTimersByTimeAsync(0);
    }
    const rejected = Promise.all(stuck.map((one) => expect(one).rejects.toThrow('late')));
    await vi.advanceTimersByTimeAsync(500);
    await rejected;
    const later = add('d');
    await vi.advanceTimersByTimeAsync(0);
    expect(listed()).toEqual(['a', 'b']);
    calls[0]?.end('too late');
    await vi.advanceTimersByTimeAsync(0);
    expect(listed()).toEqual(['a', 'b', 'd']);
    calls[2]?.end('back');
    expect(await later).toBe('back');
  });
});
