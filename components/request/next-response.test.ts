import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { afterResponse, enterResponse, largeReader } from './next-response';

let stop = async () => {};
afterEach(() => stop());

/** Sends a request that `handle` answers, with its response as the one in progress. */
async function serve(handle: (response: ServerResponse, request: IncomingMessage) => void): Promise<void> {
  const server = createServer((request, response) => {
    enterResponse(response);
    handle(response, request);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = get({ port, host: '127.0.0.1' }, (response) => response.resume());
  client.on('error', () => {});
  stop = async () => {
    client.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
}

describe('work after a response', () => {
  it('is done when the response is complete', async () => {
    const work = vi.fn();
    let signal: AbortSignal | undefined;
    await serve((response) => {
      afterResponse(work);
      signal = largeReader({ address: '192.0.2.1' }).signal;
      expect(work).not.toHaveBeenCalled();
      expect(signal?.aborted).toBe(false);
      response.end('text');
    });
    await vi.waitFor(() => expect(work).toHaveBeenCalledTimes(1));
    expect(signal?.aborted).toBe(true);
  });

  it('takes one listener, however many files a page has', async () => {
    const works = Array.from({ length: 40 }, () => vi.fn());
    let added = 0;
    await serve((response) => {
      const before = response.listenerCount('close');
      for (const work of works) afterResponse(work);
      largeReader({ address: '192.0.2.1' });
      added = response.listenerCount('close') - before;
      response.end('text');
    });
    await vi.waitFor(() => {
      for (const work of works) expect(work).toHaveBeenCalledTimes(1);
    });
    expect(added).toBe(1);
  });

  it('is done at once for a client that has gone', async () => {
    const work = vi.fn();
    let signal: AbortSignal | undefined;
    await serve((response, request) => {
      response.once('close', () => {
        setImmediate(() => {
          enterResponse(response);
          afterResponse(work);
          signal = largeReader({ address: '192.0.2.1' }).signal;
        });
      });
      request.socket.destroy();
    });
    await vi.waitFor(() => expect(work).toHaveBeenCalledTimes(1));
    expect(signal?.aborted).toBe(true);
  });
});
