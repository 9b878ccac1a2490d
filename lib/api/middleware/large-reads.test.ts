import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../core/errors';
import { CLIENT_ADDRESS_HEADER, markAddress } from '../../core/http/client-address';
import { createApp } from '../context';
import { problem } from '../problem';
import { largeReads, readingSlot } from './large-reads';

const TEXT = 'x'.repeat(200_000);

const app = createApp();
app.use(largeReads);
app.get('/large', async (c) => {
  // All that one client may have.
  await readingSlot(c, [{ bytes: 32 * 1024 * 1024 }]);
  return c.text(TEXT, 200, { 'X-Kept': 'yes' });
});
app.get('/failing', async (c) => {
  await readingSlot(c, [{ bytes: 32 * 1024 * 1024 }]);
  throw new AppError('storage_unavailable');
});
app.onError((error, c) => problem(c, error as AppError));

async function request(path = '/large', init?: RequestInit): Promise<Response> {
  const headers = { [CLIENT_ADDRESS_HEADER]: markAddress('192.0.2.7') };
  const answering = app.request(path, { ...init, headers });
  await vi.advanceTimersByTimeAsync(2_000);
  return answering;
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the slot of a large response', () => {
  it('is kept until the response was read, which stays the same', async () => {
    const first = await request();
    const second = await request();
    expect([second.status, second.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await second.json()).toMatchObject({ code: 'overloaded' });
    expect(first.headers.get('x-kept')).toBe('yes');
    expect(await first.text()).toBe(TEXT);
    const third = await request();
    expect(third.status).toBe(200);
    expect(await third.text()).toBe(TEXT);
  });

  it('is given back when the client goes away', async () => {
    const reader = (await request()).body?.getReader();
    await reader?.read();
    await reader?.cancel();
    await (await request()).body?.cancel();
    const next = await request();
    expect(next.status).toBe(200);
    await next.text();
  });

  it('is given back when the client has gone before the response begins, and its body is not cancelled', async () => {
    const client = new AbortController();
    expect((await request('/large', { signal: client.signal })).status).toBe(200);
    client.abort();
    const next = await request();
    expect(next.status).toBe(200);
    await next.text();
  });

  it('is given back for HEAD, and after an error', async () => {
    expect((await request('/large', { method: 'HEAD' })).status).toBe(200);
    expect((await request('/failing')).status).toBe(503);
    const next = await request();
    expect(next.status).toBe(200);
    await next.text();
  });
});
