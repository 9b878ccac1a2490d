import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { countFailures, type LoadRequest, sendLoad } from './load';

let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function listen(listener: RequestListener): Promise<string> {
  server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

it('sends every request in turns, from an address for each connection', async () => {
  const seen = new Set<string>();
  const origin = await listen((request, response) => {
    seen.add(
      `${request.method} ${request.url} ${request.headers.cookie} ${request.headers['x-forwarded-for']}`,
    );
    response.end('answered');
  });
  const requests = [
    { path: '/a', headers: { Cookie: 'a=1' } },
    { path: '/b', method: 'POST', body: 'text' },
  ] as const;
  const { answered, failed } = await sendLoad({ origin, requests, connections: 2, seconds: 1 });
  expect(answered).toBeGreaterThan(0);
  expect(failed).toBe(0);
  expect([...seen].sort()).toEqual([
    'GET /a a=1 192.0.2.1',
    'GET /a a=1 192.0.2.2',
    'POST /b undefined 192.0.2.1',
    'POST /b undefined 192.0.2.2',
  ]);
});

it('sends one request on each connection in no time', async () => {
  const origin = await listen((_request, response) => response.end());
  const load = { origin, requests: [{ path: '/' }], connections: 3, seconds: 0 };
  expect(await sendLoad(load)).toMatchObject({ answered: 3, failed: 0 });
});

it('counts other responses than 2xx as failures', async () => {
  const origin = await listen((_request, response) => response.writeHead(503).end());
  const { answered, failed } = await sendLoad({
    origin,
    requests: [{ path: '/' }],
    connections: 1,
    seconds: 0.5,
  });
  expect(answered).toBe(0);
  expect(failed).toBeGreaterThan(0);
});

it('counts connections that are closed without a response as failures', async () => {
  const origin = await listen((request) => request.socket.end());
  const { answered, failed } = await sendLoad({
    origin,
    requests: [{ path: '/' }],
    connections: 1,
    seconds: 0.5,
  });
  expect(answered).toBe(0);
  expect(failed).toBeGreaterThan(0);
});

it('does not count requests that were on their way at the end', () => {
  const result = { '2xx': 90, non2xx: 0, errors: 0, connections: 8 };
  expect(countFailures({ ...result, requests: { sent: 98 } })).toBe(0);
  expect(countFailures({ ...result, requests: { sent: 100 } })).toBe(2);
  expect(countFailures({ ...result, non2xx: 3, errors: 1, requests: { sent: 102 } })).toBe(4);
});

it('sends no more requests a second than it is told to', async () => {
  let received = 0;
  const origin = await listen((_request, response) => {
    received += 1;
    response.end();
  });
  const load = { origin, requests: [{ path: '/' }], connections: 2, seconds: 1.5, rate: 10 };
  const { answered, failed } = await sendLoad(load);
  // Once at its beginning and once a second later.
  expect([10, 20]).toContain(received);
  expect([answered, failed]).toEqual([received, 0]);
});

it('has a request use what came before on any connection', async () => {
  const paths: (string | undefined)[] = [];
  const origin = await listen((request, response) => {
    paths.push(request.url);
    response.end('made');
  });
  let made = '';
  const requests: LoadRequest[] = [
    { path: '/', onResponse: (status, body) => (made = `${body}-${status}`) },
    { setupRequest: (request) => ({ ...request, path: `/${made}` }) },
  ];
  await sendLoad({ origin, requests, connections: 1, seconds: 0.2 });
  expect(paths.slice(0, 2)).toEqual(['/', '/made-200']);
});
