import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { type Counts, createCounts, sendUntil } from './growth-reads';

let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

const SEND = { paths: ['/a', '/b'], address: '198.51.100.7', everyMs: 0 };

/** Sends until the server has had `requests`. */
async function send(requests: number, listener: RequestListener, everyMs = 0): Promise<Counts> {
  let received = 0;
  server = createServer((request, response) => {
    received += 1;
    listener(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const counts = createCounts();
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await sendUntil(() => received >= requests, { ...SEND, origin, everyMs, counts });
  return counts;
}

it('sends paths in turns, by the address of its client', async () => {
  const seen: string[] = [];
  const counts = await send(3, (request, response) => {
    seen.push(`${request.url} ${request.headers['x-forwarded-for']}`);
    response.end('{}');
  });
  expect(seen).toEqual(['/a 198.51.100.7', '/b 198.51.100.7', '/a 198.51.100.7']);
  expect(counts).toMatchObject({ statuses: new Map([[200, 3]]), withoutRetryAfter: 0 });
  expect(counts.times).toHaveLength(3);
});

it('waits between requests for as long as it is told to', async () => {
  const begun = performance.now();
  await send(4, (_request, response) => response.end(), 50);
  // Timers may end a millisecond early.
  expect(performance.now() - begun).toBeGreaterThanOrEqual(3 * 49);
});

it('counts refusals, and those that do not say when to try again', async () => {
  let isFirst = true;
  const counts = await send(2, (_request, response) => {
    response.writeHead(503, isFirst ? { 'Retry-After': '1' } : {}).end();
    isFirst = false;
  });
  expect(counts).toEqual({ statuses: new Map([[503, 2]]), withoutRetryAfter: 1, times: [] });
});

it('counts what gets no response', async () => {
  const counts = await send(1, (request) => request.socket.destroy());
  expect(counts).toEqual({ statuses: new Map([[0, 1]]), withoutRetryAfter: 1, times: [] });
});

it('sends one request even if there is no time for it', async () => {
  const counts = await send(0, (_request, response) => response.end());
  expect(counts.statuses).toEqual(new Map([[200, 1]]));
});
