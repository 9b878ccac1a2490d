import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface StandInServer {
  url: string;
  /** Ends all connections; further ones are refused. */
  stop(): Promise<void>;
  /** Listens again at the same port, if it does not already. */
  resume(): Promise<void>;
}

/** Lets a server listen at a free port of this machine, as a service that can be away for a while. */
export async function listenAsStandIn(server: Server): Promise<StandInServer> {
  async function listen(port: number): Promise<void> {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  }

  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
    async resume() {
      if (!server.listening) await listen(port);
    },
  };
}
