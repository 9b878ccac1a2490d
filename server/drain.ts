import type { Server, ServerResponse } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';

/** For a request that was sent over an idle connection before its client could know of the stop. */
const IDLE_MS = 500;

/**
 * Keeps the pending responses of each connection. Call it before the server listens. The function it returns stops the
 * server: no connection is accepted any more, idle ones are closed, and each of the others after the responses
 * to its requests, or when `limitMs` have passed. It resolves when all are closed.
 */
export function trackConnections(server: Server): (limitMs: number) => Promise<void> {
  const connections = new Map<Socket, Set<ServerResponse>>();
  let isDraining = false;

  server.on('connection', (socket: Socket) => {
    connections.set(socket, new Set());
    socket.once('close', () => connections.delete(socket));
  });
  server.prependListener('request', ({ socket }, response) => {
    const pending = connections.get(socket);
    pending?.add(response);
    if (isDraining) announceClose(response);
    response.once('close', () => {
      pending?.delete(response);
      if (isDraining && pending?.size === 0) socket.destroySoon();
    });
  });

  return async (limitMs) => {
    isDraining = true;
    for (const pending of connections.values()) for (const response of pending) announceClose(response);
    // That of an HTTP server would also cut responses that have ended and are still being sent to slow clients.
    const closed = new Promise((resolve) => NetServer.prototype.close.call(server, resolve));
    const idle = setTimeout(() => {
      for (const [socket, pending] of connections) if (pending.size === 0) socket.destroySoon();
    }, IDLE_MS);
    const limit = setTimeout(() => {
      for (const socket of connections.keys()) socket.destroy();
    }, limitMs);
    await closed;
    clearTimeout(idle);
    clearTimeout(limit);
  };
}

function announceClose(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('Connection', 'close');
}
