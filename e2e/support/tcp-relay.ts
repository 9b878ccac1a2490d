import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

type RelayMode = 'ok' | 'refuse' | 'hang' | 'reject' | 'slow';

export interface TcpRelay {
  port: number;
  /**
   * `refuse` closes every connection and stops listening; `hang` accepts connections and never answers; `reject`
   * answers the first bytes of a connection with `rejection` and closes it; `slow` delays every answer by `slowMs`.
   */
  fail(mode: RelayMode): Promise<void>;
  close(): Promise<void>;
}

/** A port of 127.0.0.1 behind which another one is, or is not. */
export async function startTcpRelay(target: {
  port: number;
  slowMs?: number;
  rejection?: Uint8Array;
}): Promise<TcpRelay> {
  const { slowMs = 0, rejection = new Uint8Array() } = target;
  const sockets = new Set<Socket>();
  let mode: RelayMode = 'ok';

  function track(socket: Socket): Socket {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    return socket;
  }

  function pass(from: Socket, to: Socket, { isAnswer }: { isAnswer: boolean }): void {
    const later = (work: () => void) => {
      if (isAnswer && mode === 'slow') setTimeout(work, slowMs);
      else work();
    };
    from.on('data', (chunk) => {
      if (mode === 'ok' || mode === 'slow') later(() => to.write(chunk));
    });
    from.on('close', () => later(() => to.destroy()));
  }

  const server = createServer((client) => {
    track(client);
    if (mode === 'reject') {
      client.once('data', () => client.end(rejection));
      return;
    }
    const upstream = track(connect({ port: target.port, host: '127.0.0.1' }));
    pass(client, upstream, { isAnswer: false });
    pass(upstream, client, { isAnswer: true });
  });

  function destroyAll(): void {
    for (const socket of sockets) socket.destroy();
  }

  async function listen(port: number): Promise<void> {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  }

  async function stop(): Promise<void> {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    destroyAll();
    await closed;
  }

  await listen(0);
  const { port } = server.address() as AddressInfo;

  return {
    port,
    async fail(next) {
      // What was swallowed is lost to both ends, and what is late would be overtaken: these connections are of no use
      // any more. Only new ones are rejected.
      if (mode === 'hang' || mode === 'slow' || next === 'reject') destroyAll();
      mode = next;
      if (next === 'refuse') await stop();
      else if (!server.listening) await listen(port);
    },
    close: stop,
  };
}
