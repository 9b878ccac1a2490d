import { PassThrough } from 'node:stream';
import { beforeEach, expect, it, vi } from 'vitest';
import { rejectUnreadable } from './unreadable-request';

beforeEach(() => {
  vi.stubEnv('DATABASE_URL', 'postgres://localhost/none');
  vi.stubEnv('AUTH_SECRET', 'x'.repeat(32));
});

it.each([
  ['HPE_INVALID_METHOD', '400 Bad Request'],
  ['HPE_HEADER_OVERFLOW', '431 Request Header Fields Too Large'],
  ['ERR_HTTP_REQUEST_TIMEOUT', '408 Request Timeout'],
])('answers %s with %s and the common headers', (code, status) => {
  const socket = new PassThrough();
  rejectUnreadable(Object.assign(new Error(code), { code }), socket);
  const answer = String(socket.read());
  expect(answer).toContain(`HTTP/1.1 ${status}\r\n`);
  expect(answer).toContain('X-Content-Type-Options: nosniff\r\n');
  expect(answer.endsWith('\r\n\r\n')).toBe(true);
});

it('sends nothing to a disconnected client', () => {
  const socket = new PassThrough();
  rejectUnreadable(Object.assign(new Error('reset'), { code: 'ECONNRESET' }), socket);
  expect(socket.read()).toBeNull();
  expect(socket.destroyed).toBe(true);
});
