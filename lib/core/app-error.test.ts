import { finished, PassThrough } from 'node:stream';
import { beforeEach, expect, it, vi } from 'vitest';
import { toAppError } from './app-error';

const logged = vi.hoisted(() => ({ error: vi.fn(), warn: vi.fn(), debug: vi.fn() }));
vi.mock('./logger', () => ({ logger: () => logged }));
// Logs an outage once a minute; its own test is outage-log.test.ts.
const logOutage = vi.hoisted(() => vi.fn());
vi.mock('./outage-log', () => ({ logOutage }));

beforeEach(() => vi.clearAllMocks());

function errorWith(message: string, properties: Record<string, unknown>): Error {
  return Object.assign(new Error(message), properties);
}

async function prematureClose(): Promise<unknown> {
  const stream = new PassThrough();
  const closed = new Promise((resolve) => finished(stream, resolve));
  stream.destroy();
  return closed;
}

it.each([
  ['of Node', async () => errorWith('aborted', { code: 'ECONNRESET' })],
  ['of a stream', prematureClose],
  ['of Next', async () => errorWith('', { name: 'ResponseAborted' })],
])('takes a request that its client aborted for no outage: the error %s', async (_whose, make) => {
  const { status, code } = toAppError(await make());
  expect({ status, code }).toEqual({ status: 400, code: 'malformed_body' });
  expect(logged.error).not.toHaveBeenCalled();
  expect(logOutage).not.toHaveBeenCalled();
  expect(logged.warn).not.toHaveBeenCalled();
});

it.each([
  ['read ECONNRESET', { code: 'ECONNRESET', syscall: 'read' }],
  ['connect ECONNREFUSED 127.0.0.1:5432', { code: 'ECONNREFUSED' }],
])('takes a lost connection to the database for an outage: %s', (message, properties) => {
  const request = { id: 'a-request', method: 'GET', route: '/:slug/raw' };
  expect(toAppError(errorWith(message, properties), request).code).toBe('database_unavailable');
  expect(logOutage.mock.calls).toEqual([['database_unavailable', { ...request, reason: message }]]);
});

it('names the request in the log of an unexpected error', () => {
  const err = new Error('not expected');
  expect(toAppError(err, { route: '/:slug' }).code).toBe('internal');
  expect(logged.error.mock.calls).toEqual([[{ route: '/:slug', err }, 'unexpected error']]);
});
