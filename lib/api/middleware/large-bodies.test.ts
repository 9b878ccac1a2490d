import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AppError } from '../../core/errors';
import { CLIENT_ADDRESS_HEADER, markAddress } from '../../core/http/client-address';
import { createApp } from '../context';
import { problem } from '../problem';
import { largeBodies } from './large-bodies';

const MIB = 1024 * 1024;

const releases: (() => void)[] = [];

const app = createApp();
app.use(largeBodies);
app.post('/:mib', async (c) => {
  await c.get('takeBodySlot')?.(Number(c.req.param('mib')) * MIB);
  await new Promise<void>((resolve) => releases.push(resolve));
  return c.text('stored');
});
app.onError((error, c) => problem(c, error as AppError));

/** Begins a request with a body of that size. */
function send(mib: number, address: string): Promise<Response> {
  const headers = { [CLIENT_ADDRESS_HEADER]: markAddress(address) };
  return Promise.resolve(app.request(`/${mib}`, { method: 'POST', headers }));
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('large bodies at the same time', () => {
  it('are 128 MiB together, and 32 MiB for one client', async () => {
    const clients = ['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4'];
    const admitted = clients.flatMap((client) => [send(24, client), send(8, client)]);
    await vi.advanceTimersByTimeAsync(0);
    expect(releases).toHaveLength(8);
    const rejected = [send(1, '192.0.2.1'), send(1, '192.0.2.9')];
    await vi.advanceTimersByTimeAsync(10_000);
    for (const response of await Promise.all(rejected)) {
      expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
    }
    for (const release of releases) release();
    for (const response of await Promise.all(admitted)) expect(response.status).toBe(200);
    const next = send(24, '192.0.2.9');
    await vi.advanceTimersByTimeAsync(0);
    releases.at(-1)?.();
    expect((await next).status).toBe(200);
  });
});
