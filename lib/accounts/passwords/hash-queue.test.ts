import { describe, expect, it } from 'vitest';
import { AppError } from '../../core/errors';
import { createHashQueue, type HashCaller } from './hash-queue';

const SIZE = { running: 2, waitingUnknown: 10, waitingKnown: 3, perAddress: 4 };

const unknownAt = (address: string): HashCaller => ({ address, isKnown: false });
const knownAt = (address: string): HashCaller => ({ address, isKnown: true });

/** A queue whose tasks end on demand. */
function holdableQueue() {
  const inTurn = createHashQueue(SIZE);
  const started: string[] = [];
  const finish: (() => void)[] = [];
  const outcomes: Promise<string>[] = [];
  const enter = (name: string, caller: HashCaller) => {
    const work = () =>
      new Promise<void>((resolve) => {
        started.push(name);
        finish.push(resolve);
      });
    const outcome = inTurn(caller, work).then(
      () => 'done',
      (error: unknown) => (error instanceof AppError ? error.code : String(error)),
    );
    outcomes.push(outcome);
    return outcome;
  };
  const finishAll = async () => {
    while (finish.length > 0) {
      for (const end of finish.splice(0)) end();
      await new Promise((resolve) => setImmediate(resolve));
    }
    return Promise.all(outcomes);
  };
  return { enter, started, finishAll };
}

describe('createHashQueue', () => {
  it('runs as many at once as allowed, and the rest in order of arrival', async () => {
    const { enter, started, finishAll } = holdableQueue();
    for (let n = 0; n < 5; n += 1) void enter(`${n}`, unknownAt(`198.51.100.${n}`));
    await Promise.resolve();
    expect(started).toEqual(['0', '1']);
    expect(await finishAll()).toEqual(['done', 'done', 'done', 'done', 'done']);
    expect(started).toEqual(['0', '1', '2', '3', '4']);
  });

  it('admits a known client during a flood from many addresses, and serves it next', async () => {
    const { enter, started, finishAll } = holdableQueue();
    const storm = Array.from({ length: 300 }, (_, n) =>
      enter(`storm ${n}`, unknownAt(`198.51.${n >> 8}.${n & 255}`)),
    );
    const known = enter('known', knownAt('203.0.113.7'));
    await finishAll();
    expect(await known).toBe('done');
    expect(started.indexOf('known')).toBe(SIZE.running);
    const outcomes = await Promise.all(storm);
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(SIZE.running + SIZE.waitingUnknown);
    expect(outcomes.filter((outcome) => outcome === 'overloaded')).toHaveLength(
      300 - SIZE.running - SIZE.waitingUnknown,
    );
  });

  it('gives one address, or one /64, only its share of the places', async () => {
    const { enter, finishAll } = holdableQueue();
    const flood = Array.from({ length: 20 }, (_, n) => enter(`flood ${n}`, unknownAt(`2001:db8::${n}`)));
    const other = enter('other', unknownAt('2001:db8:0:1::1'));
    const known = enter('known', knownAt('2001:db8::1'));
    await finishAll();
    const outcomes = await Promise.all(flood);
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(SIZE.perAddress);
    expect(await other).toBe('done');
    expect(await known).toBe('done');
    const later = enter('later', unknownAt('2001:db8::1'));
    await finishAll();
    expect(await later).toBe('done');
  });

  it('gives one account only its share of the places, from any number of addresses', async () => {
    const { enter, finishAll } = holdableQueue();
    const account = (name: string, n: number) => ({ ...knownAt(`198.51.100.${n}`), account: name });
    const flood = Array.from({ length: 20 }, (_, n) => enter(`flood ${n}`, account('a', n)));
    const other = enter('other', account('b', 0));
    await finishAll();
    const outcomes = await Promise.all(flood);
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(SIZE.perAddress);
    expect(await other).toBe('done');
    const later = enter('later', account('a', 0));
    await finishAll();
    expect(await later).toBe('done');
  });

  it('continues after a task fails', async () => {
    const inTurn = createHashQueue({ ...SIZE, running: 1, perAddress: 1 });
    const caller = unknownAt('198.51.100.1');
    await expect(inTurn(caller, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await inTurn(caller, async () => 'again')).toBe('again');
  });
});
