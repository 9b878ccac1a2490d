import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { limitPageRequest } from './limit-page-request';

useTestDatabase();

const FORM = { 'Content-Type': 'multipart/form-data; boundary=b' };
const part = '--b\r\nContent-Disposition: form-data; name="file"\r\n\r\nx\r\n';

let server: Server;
/** What the code behind saw of each request: the bytes of its body, or that it ended early. */
let seen: Promise<number | 'aborted'>[];

beforeAll(async () => {
  server = createServer((request, response) => {
    limitPageRequest(request, response);
    // Continues after any response, as Next does.
    const reading = readAll(request);
    seen.push(reading);
    void reading.then((bytes) => {
      if (!response.headersSent) response.setHeader('X-Behind', 'yes');
      response.writeHead(200).end(String(bytes));
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterAll(() => server.close());
beforeEach(() => {
  seen = [];
});

async function readAll(request: IncomingMessage): Promise<number | 'aborted'> {
  let bytes = 0;
  try {
    for await (const chunk of request) bytes += (chunk as Buffer).length;
    return bytes;
  } catch {
    return 'aborted';
  }
}

function post(
  body: string,
  { headers = FORM, path = '/' }: { headers?: Record<string, string>; path?: string } = {},
): Promise<{ status: number; text: string; headers: IncomingMessage['headers'] }> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const sending = send({ port, host: '127.0.0.1', path, method: 'POST', headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text, headers: response.headers }),
      );
    });
    sending.on('error', reject);
    sending.end(body);
  });
}

describe('limitPageRequest', () => {
  it('lets through a form of many parts, every byte of it', async () => {
    const body = `${part.repeat(900)}--b--\r\n`;
    expect(await post(body)).toMatchObject({ status: 200, text: String(body.length) });
  });

  it.each([
    ['too many parts', `${part.repeat(60_000)}--b--\r\n`],
    ['a part header of very many lines', part.replace('\r\n\r\n', `\r\n${'a: b\r\n'.repeat(200_000)}\r\n`)],
    ['a part header without an end', `--b\r\n${'a: b\r\n'.repeat(200_000)}`],
    ['very many delimiters', '--b\r\n'.repeat(500_000)],
  ])('answers 413 to a form with %s, and gives up the request', async (_name, body) => {
    const answer = await post(body);
    expect(answer).toMatchObject({ status: 413, text: 'This form has too many parts.\n' });
    expect(answer.headers).toMatchObject({ connection: 'close', 'x-content-type-options': 'nosniff' });
    expect(await seen[0]).toBe('aborted');
  });

  it('answers 400 to a form without one readable boundary', async () => {
    for (const type of ['multipart/form-data', 'multipart/form-data; boundary=a; boundary=b']) {
      const answer = await post(`${part}--b--\r\n`, {
        headers: { 'Content-Type': type, 'Accept-Language': 'ru' },
      });
      expect(answer.status, type).toBe(400);
      expect(answer.text).toMatch(/^Эту форму не удалось прочитать/);
    }
    expect(await Promise.all(seen)).toEqual(['aborted', 'aborted']);
  });

  it('answers 400 to more than a hundred query parameters', async () => {
    const most = Array.from({ length: 100 }, () => 'a=b').join('&');
    const plain = { headers: { 'Content-Type': 'text/plain' } };
    expect((await post('', { ...plain, path: `/?${most}` })).status).toBe(200);
    expect((await post('', { ...plain, path: `/?${most}&a` })).status).toBe(400);
    expect((await post('', { ...plain, path: `/?${'a&'.repeat(7_500)}` })).status).toBe(400);
    expect((await post('', { ...plain, path: `/?x?${'&a'.repeat(7_500)}` })).status).toBe(400);
  });

  it('goes on answering after rejections', async () => {
    await Promise.all(Array.from({ length: 20 }, () => post('--b\r\n'.repeat(5_000))));
    expect((await post(`${part}--b--\r\n`)).status).toBe(200);
  });
});
