import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { trackConnections } from './drain';

/** Far longer than a test takes. */
const LONG_MS = 600_000;

async function start(handler: RequestListener) {
  const server = createServer(handler);
  const drain = trackConnections(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const dial = async () => {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return socket;
  };
  return { server, drain, dial };
}

const ask = (socket: Socket, path = '/') => socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`);

it('lets a request finish whose body is still arriving, then closes its connection', async () => {
  const { server, drain, dial } = await start(async (request, response) => {
    response.end(await text(request));
  });
  const socket = await dial();
  socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 8\r\n\r\nhalf');
  await once(server, 'request');
  const drained = drain(LONG_MS);
  socket.write('done');
  const answer = await text(socket);
  expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\nConnection: close\r\n/);
  expect(answer).toMatch(/halfdone$/);
  await drained;
});

it('sends the whole of a response that has ended to a client that reads slowly', async () => {
  const body = Buffer.alloc(32 * 1024 * 1024, 'x');
  const { server, drain, dial } = await start((_request, response) => response.end(body));
  const socket = await dial();
  socket.pause();
  ask(socket);
  await once(server, 'request');
  const drained = drain(LONG_MS);
  // The idle connections are closed in between.
  await new Promise((resolve) => setTimeout(resolve, 800));
  expect((await text(socket)).split('\r\n\r\n')[1]?.length).toBe(body.length);
  await drained;
});

it('answers a request that comes over an idle connection just after the stop, and says that it closes', async () => {
  const { server, drain, dial } = await start((_request, response) => response.end('late'));
  const socket = await dial();
  ask(socket);
  await once(server, 'request');
  await once(socket, 'data');
  const drained = drain(LONG_MS);
  ask(socket);
  const answer = await text(socket);
  expect(answer).toMatch(/\r\nConnection: close\r\n/);
  expect(answer).toMatch(/late$/);
  await drained;
});

it('closes idle and new connections, and accepts no others', async () => {
  const { server, drain, dial } = await start((_request, response) => response.end('x'));
  const [used, unused] = [await dial(), await dial()];
  ask(used);
  await once(used, 'data');
  const ends = [used, unused].map((socket) => once(socket.resume(), 'close'));
  const drained = drain(LONG_MS);
  expect(server.listening).toBe(false);
  await expect(dial()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  await Promise.all([...ends, drained]);
});

it('cuts what has not ended when the time is over', async () => {
  const { server, drain, dial } = await start(() => {});
  const socket = await dial();
  ask(socket);
  await once(server, 'request');
  const ended = once(socket.resume(), 'close');
  await drain(50);
  await ended;
});
