import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from './fixtures';
import { Api } from './support/api';
import {
  type Cleanup,
  createDatabase,
  makeFolder,
  serviceVariables,
  startBlobStore,
  startFront,
  startNext,
} from './support/mounts';

const LOGGED_WITHIN_MS = 1_500;

interface Service {
  url: string;
  output(): string;
}

const SERVICES: Record<string, (cleanup: Cleanup) => Promise<Service>> = {
  front: async (cleanup) => {
    const server = await startFront({ dataFolder: await makeFolder(cleanup) });
    cleanup.add(() => server.stop());
    return server;
  },
  next: async (cleanup) => {
    const databaseUrl = await createDatabase(cleanup);
    const store = await startBlobStore(cleanup);
    const services = serviceVariables({ databaseUrl, store });
    const server = await startNext({ ...services, MAIL_DIR: await makeFolder(cleanup) });
    cleanup.add(() => server.stop());
    return server;
  },
};

/** Sends a request and closes the connection, after a part of the response if `readsFirst`. */
function sendAndLeave(url: string, { text, readsFirst = false }: { text: string; readsFirst?: boolean }) {
  const { hostname, port } = new URL(url);
  return new Promise<void>((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write(text);
      if (!readsFirst) setTimeout(() => socket.resetAndDestroy(), 200);
    });
    if (readsFirst) socket.once('data', () => socket.resetAndDestroy());
    socket.on('close', () => resolve());
    socket.on('error', reject);
  });
}

function upload(path: string, { host, type, extra = [] }: { host: string; type: string; extra?: string[] }) {
  const head = [`POST ${path} HTTP/1.1`, `Host: ${host}`, `Content-Type: ${type}`, 'Content-Length: 500000'];
  return `${[...head, ...extra].join('\r\n')}\r\n\r\n${'--x\r\n'.repeat(1_000)}`;
}

for (const [name, start] of Object.entries(SERVICES)) {
  test(`a client that disconnects causes no outage and no error (${name})`, async ({ cleanup }) => {
    test.setTimeout(180_000);
    const { url, output } = await start(cleanup);
    const { host } = new URL(url);
    const content = `${'0123456789abcdef'.repeat(8)}\n`.repeat(30_000);
    const { slug } = await new Api(url).create({ content });
    const origin = [`Origin: ${url}`];
    const multipart = 'multipart/form-data; boundary=x';
    const requests = [
      { text: upload('/api/v1/pastes', { host, type: 'text/plain' }) },
      { text: upload('/api/v1/pastes', { host, type: 'application/json' }) },
      { text: upload('/api/v1/pastes', { host, type: multipart }) },
      { text: upload('/documents', { host, type: 'text/plain' }) },
      { text: upload('/', { host, type: multipart, extra: origin }) },
      { text: upload('/', { host, type: multipart, extra: [...origin, 'Next-Action: 00'] }) },
      { text: upload('/', { host, type: 'text/plain', extra: origin }) },
      { text: upload('/api/auth/signout', { host, type: 'application/x-www-form-urlencoded' }) },
      ...[`/${slug}/raw`, `/${slug}/download`, `/${slug}`, '/docs/api'].map((path) => ({
        text: `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
        readsFirst: true,
      })),
      { text: `GET /${slug} HTTP/1.1\r\nHost: ${host}\r\n\r\n` },
    ];
    const before = output();
    for (const request of requests) await sendAndLeave(url, request);
    await pause(LOGGED_WITHIN_MS);
    // Only the end of longer output is kept.
    expect(output().length).toBeLessThan(15_000);
    const logged = output().slice(before.length);
    expect(logged).not.toMatch(/"level":[456]0|unavailable|Error|aborted a request/);
    expect((await fetch(`${url}/api/ready`)).status).toBe(200);
  });
}
