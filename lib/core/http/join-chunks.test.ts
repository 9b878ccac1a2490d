import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { joinChunks } from './join-chunks';

/** Sends this body to a server that reads it by `read`. @returns what that returned */
async function serve<T>(body: string, read: (request: IncomingMessage) => Promise<T>): Promise<T> {
  const server = createServer();
  const reading = new Promise<T>((resolve, reject) => {
    server.on('request', (request, response) => {
      joinChunks(request);
      read(request).then(resolve, reject);
      response.end();
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.on('error', () => {});
  socket.write('POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n');
  socket.write(body);
  try {
    return await reading;
  } finally {
    socket.destroy();
    server.close();
  }
}

const byteByByte = (text: string) => `${[...text].map((byte) => `1\r\n${byte}\r\n`).join('')}0\r\n\r\n`;
const text = Array.from({ length: 30_000 }, (_, n) => String.fromCharCode(97 + (n % 26))).join('');

async function collect(request: IncomingMessage): Promise<Buffer[]> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return chunks;
}

describe('joinChunks', () => {
  it('hands on thousands of small chunks as few, every byte in its order', async () => {
    const chunks = await serve(byteByByte(text), collect);
    expect(Buffer.concat(chunks).toString()).toBe(text);
    expect(chunks.length).toBeLessThan(100);
  });

  it('waits for a reader that is slow', async () => {
    const large = 'x'.repeat(1_000_000);
    const body = `${large.length.toString(16)}\r\n${large}\r\n`.repeat(5);
    const length = await serve(`${body}0\r\n\r\n`, async (request) => {
      let bytes = 0;
      for await (const chunk of request) {
        bytes += (chunk as Buffer).length;
        await sleep(1);
      }
      return bytes;
    });
    expect(length).toBe(5_000_000);
  });

  it('ends a body that has no bytes', async () => {
    expect(await serve('0\r\n\r\n', collect)).toEqual([]);
  });
});
