import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isAbortedRequest } from '../core/app-error';
import { LARGE_READ_BYTES, shareRead, takeEditSlot, takeReadSlot } from './large-reads';

const MIB = 1024 * 1024;
const READER = { address: '192.0.2.1' };
const OVERLOADED = { code: 'overloaded', status: 503, retryAfter: 5 };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function takeAll(): Promise<(() => void)[]> {
  return Promise.all(['192.0.2.8', '192.0.2.9'].map((address) => takeReadSlot(32 * MIB, { address })));
}

describe('slots of large texts', () => {
  it('are for 64 MiB of text at the same time, half of it for one client', async () => {
    const own = await takeReadSlot(32 * MIB, READER);
    const more = expect(takeReadSlot(LARGE_READ_BYTES + 1, READER)).rejects.toMatchObject(OVERLOADED);
    const other = await takeReadSlot(32 * MIB, { address: '192.0.2.2' });
    const third = expect(takeReadSlot(MIB, { address: '192.0.2.3' })).rejects.toMatchObject(OVERLOADED);
    await vi.advanceTimersByTimeAsync(2_000);
    await Promise.all([more, third]);
    for (const giveBack of [own, other]) giveBack();
  });

  it('count a text to be edited four times', async () => {
    const giveBack = await takeEditSlot([{ bytes: 4 * MIB }, { bytes: 4 * MIB }], READER);
    const more = expect(takeEditSlot([{ bytes: MIB }], READER)).rejects.toMatchObject(OVERLOADED);
    await vi.advanceTimersByTimeAsync(2_000);
    await more;
    giveBack();
  });

  it('are not needed for a small text', async () => {
    const held = await takeAll();
    (await takeReadSlot(LARGE_READ_BYTES, READER))();
    const small = await shareRead('small', { bytes: 10, reader: READER, load: async () => 'text' });
    expect(small.value).toBe('text');
    for (const giveBack of held) giveBack();
  });
});

describe('requests that read the same', () => {
  const large = { bytes: 30 * MIB, reader: READER };

  it('share one slot and one result, until the last of them ends', async () => {
    const load = vi.fn(async () => ({}));
    const reads = await Promise.all(Array.from({ length: 20 }, () => shareRead('same', { ...large, load })));
    expect(load).toHaveBeenCalledTimes(1);
    expect(new Set(reads.map(({ value }) => value)).size).toBe(1);
    for (const { end } of reads.slice(1)) {
      end();
      end();
    }
    const other = expect(shareRead('other', { ...large, load })).rejects.toMatchObject(OVERLOADED);
    await vi.advanceTimersByTimeAsync(2_000);
    await other;
    reads[0]?.end();
    (await shareRead('other', { ...large, load })).end();
    expect(load).toHaveBeenCalledTimes(2);
  });

  it('share a failure, and nothing of it stays', async () => {
    const fail = async () => Promise.reject(new Error('gone'));
    const reads = Array.from({ length: 3 }, () => shareRead('failing', { ...large, load: fail }));
    for (const { status } of await Promise.allSettled(reads)) expect(status).toBe('rejected');
    const next = await shareRead('failing', { ...large, load: async () => 'back' });
    expect(next.value).toBe('back');
    next.end();
    (await takeReadSlot(32 * MIB, READER))();
  });

  it('all get 503 when there is no slot for them', async () => {
    const held = await takeAll();
    const load = vi.fn(async () => 'text');
    const reads = Array.from({ length: 3 }, () =>
      expect(shareRead('late', { ...large, load })).rejects.toMatchObject(OVERLOADED),
    );
    await vi.advanceTimersByTimeAsync(2_000);
    await Promise.all(reads);
    expect(load).not.toHaveBeenCalled();
    for (const giveBack of held) giveBack();
  });

  it('stop when the last of them has gone', async () => {
    const clients = [new AbortController(), new AbortController()];
    const load = (signal?: AbortSignal) =>
      new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
    const reads = clients.map(({ signal }) =>
      shareRead('left', { ...large, reader: { ...READER, signal }, load }),
    );
    const stopped = reads.map((read) => expect(read).rejects.toSatisfy(isAbortedRequest));
    await vi.advanceTimersByTimeAsync(0);
    clients[0]?.abort();
    const other = expect(takeReadSlot(30 * MIB, READER)).rejects.toMatchObject(OVERLOADED);
    await vi.advanceTimersByTimeAsync(2_000);
    await other;
    clients[1]?.abort();
    await Promise.all(stopped);
    (await takeReadSlot(32 * MIB, READER))();
  });

  it('give back the slot of a result when the client of each has gone', async () => {
    const client = new AbortController();
    const reader = { ...READER, signal: client.signal };
    await shareRead('closed', { ...large, reader, load: async () => 'text' });
    client.abort();
    (await takeReadSlot(32 * MIB, READER))();
    await expect(shareRead('closed', { ...large, reader, load: async () => 'text' })).rejects.toSatisfy(
      isAbortedRequest,
    );
  });
});
