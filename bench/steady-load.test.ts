import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, it } from 'vitest';
import { sendLoad } from './load';
import { createGuestPastes, steadyRequests } from './steady-load';

const SAMPLE = { slug: 'sample', owner: 'session=owner', member: 'session=member' };
const CONNECTIONS = 8;
const ROUTE = /^(?:\/api\/v1\/pastes)?\/(paste-\d+)(?:\/(?:raw|download))?$/;

let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** Keeps the pastes of guests like the API; a request for one that is deleted, or with a wrong key, is 404. */
async function startStandIn() {
  const bodies = new Map<string, string>();
  const counts = { POST: 0, PATCH: 0, DELETE: 0, GET: 0 };
  const texts: string[] = [];
  server = createServer(async (request, response) => {
    const method = request.method as keyof typeof counts;
    counts[method] += 1;
    const slug = ROUTE.exec(request.url ?? '')?.[1];
    const body = await text(request);
    if (body !== '') texts.push(JSON.parse(body).content);
    if (method === 'POST') {
      const created = `paste-${counts.POST}`;
      bodies.set(created, body);
      response.writeHead(201).end(JSON.stringify({ slug: created, edit_key: `key of ${created}` }));
      return;
    }
    const isRefused = method !== 'GET' && request.headers['x-edit-key'] !== `key of ${slug}`;
    if (isRefused || (slug !== undefined && !bodies.has(slug))) response.writeHead(404);
    else if (method === 'DELETE') bodies.delete(slug ?? '');
    response.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { origin, bodies, counts, texts };
}

it('creates, reads, edits and deletes, and nothing of it fails or adds up', async () => {
  const { origin, bodies, counts, texts } = await startStandIn();
  const pastes = await createGuestPastes(origin, 4 * CONNECTIONS);
  const requests = steadyRequests(SAMPLE, pastes);
  const { failed } = await sendLoad({ origin, requests, connections: CONNECTIONS, seconds: 0.5 });
  expect(failed).toBe(0);
  const { POST, PATCH, DELETE, GET } = counts;
  expect([PATCH, DELETE, GET].filter((count) => count === 0)).toEqual([]);
  expect(POST).toBeGreaterThan(4 * CONNECTIONS);
  expect(Math.abs(bodies.size - 4 * CONNECTIONS)).toBeLessThanOrEqual(CONNECTIONS);
  // No two texts are the same, or caches would keep one for all.
  expect(new Set(texts).size).toBe(texts.length);
});
