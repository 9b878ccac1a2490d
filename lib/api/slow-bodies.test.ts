import { once } from 'node:events';
import { type ClientRequest, createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { toAppError } from '../core/app-error';
import { CLIENT_ADDRESS_HEADER, markAddress } from '../core/http/client-address';
import { readBody, readBytes } from './body';
import { createApp } from './context';
import { largeBodies } from './middleware/large-bodies';
import { problem } from './problem';

const KIB = 1024;
const MIB = 1024 * KIB;
/** What a stalled client sends of the 4 MiB that it announces: enough to hold a slot. */
const SENT = Math.round(1.1 * MIB);

/** The bytes that the server has read, and who waits for how many. */
let arrived = 0;
let awaited: { bytes: number; resolve: () => void } | undefined;

const app = createApp();
app.use(largeBodies);
app.post('/', async (c) => {
  const watch = ({ length }: Uint8Array) => {
    arrived += length;
    if (awaited && arrived >= awaited.bytes) awaited.resolve();
  };
  return c.text(`stored ${(await readBytes(c, { max: 4 * MIB, watch })).length}`);
});
app.onError((error, c) => problem(c, toAppError(error)));

let server: Server;

beforeEach(async () => {
  arrived = 0;
  // The clock of the deadlines; connections go on.
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] });
  server = createServer(getRequestListener(app.fetch)).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  vi.useRealTimers();
  server.closeAllConnections();
  server.close();
});

/** Sends the beginning of a body of `length` bytes, always from one address. */
function begin(length: number, sent = length): ClientRequest {
  const sending = request({
    method: 'POST',
    port: (server.address() as AddressInfo).port,
    host: '127.0.0.1',
    agent: false,
    headers: { 'content-length': length, [CLIENT_ADDRESS_HEADER]: markAddress('192.0.2.1') },
  });
  sending.write(Buffer.alloc(sent));
  return sending;
}

async function store(length: number): Promise<string> {
  const sending = begin(length);
  sending.end();
  const [response] = await once(sending, 'response');
  return `${response.statusCode} ${await text(response)}`;
}

async function untilArrived(bytes: number): Promise<void> {
  if (arrived < bytes) {
    await new Promise<void>((resolve) => {
      awaited = { bytes, resolve };
    });
  }
  await nextTurn();
}

it('a client that stops within a large body loses its connection, and its slot goes to the next', async () => {
  const stalled = Array.from({ length: 7 }, () => begin(4 * MIB, SENT));
  await untilArrived(7 * SENT);
  expect(await store(4 * MIB)).toBe(`200 stored ${4 * MIB}`);
  stalled.push(begin(4 * MIB, SENT));
  await untilArrived(8 * SENT + 4 * MIB);
  // All 32 MiB of the address are taken: the next one waits.
  const next = store(2 * MIB);
  await untilArrived(8 * SENT + 5 * MIB);
  const ends = stalled.map((sending) => once(sending, 'error').then(([error]) => error.code));
  const isOpen = () => stalled.every((sending) => sending.socket?.destroyed === false);
  await vi.advanceTimersByTimeAsync(4_999);
  await nextTurn();
  expect(isOpen()).toBe(true);
  // The bytes that came after the slot was taken have earned up to 1.7 s more.
  await vi.advanceTimersByTimeAsync(1_700);
  expect(new Set(await Promise.all(ends))).toEqual(new Set(['ECONNRESET']));
  expect(await next).toBe(`200 stored ${2 * MIB}`);
});

/**
 * A body that comes in chunks of 64 KiB, at this pace, after 1 MiB and one byte.
 * @returns how many were read, or the error and after how many it came
 */
async function readAtPace({ chunks, bytesPerMs }: { chunks: number; bytesPerMs: number }) {
  let given = -1;
  const source = {
    header: () => undefined,
    incoming: undefined,
    takeSlot: async () => {},
    open: () => ({
      read: async () => {
        if (given >= 0 && given < chunks) {
          await new Promise((resolve) => setTimeout(resolve, (64 * KIB) / bytesPerMs));
        }
        given += 1;
        return { done: given > chunks, value: new Uint8Array(given === 0 ? MIB + 1 : 64 * KIB) };
      },
      cancel: async () => {},
    }),
  };
  const reading = readBody(source, { max: 8 * MIB }).then(
    (bytes) => `${(bytes.length - MIB - 1) / 64 / KIB} chunks`,
    (error: unknown) => `${toAppError(error).code} after ${given}`,
  );
  await vi.advanceTimersByTimeAsync(60_000);
  return reading;
}

it('a large body may take its time at 64 bytes a millisecond, after a grace of five seconds', async () => {
  expect(await readAtPace({ chunks: 40, bytesPerMs: 64 })).toBe('40 chunks');
  // At half the pace, the fourth chunk is due after 5 s and 3 times 1.024 s, and comes after 4 times 2.048 s.
  expect(await readAtPace({ chunks: 3, bytesPerMs: 32 })).toBe('3 chunks');
  expect(await readAtPace({ chunks: 40, bytesPerMs: 32 })).toBe('malformed_body after 3');
});
