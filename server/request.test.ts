import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect, it } from 'vitest';
import { CLIENT_ADDRESS_HEADER } from '@/lib/core/http/client-address';
import { pathOf } from '@/lib/core/http/request-path';
import { alignRawHeaders } from './request';

it('removes every trace of a header that is not allowed', () => {
  const request = new IncomingMessage(new Socket());
  request.headers = { host: 'localhost', 'set-thing': 'a, b', [CLIENT_ADDRESS_HEADER]: '203.0.113.7' };
  request.rawHeaders = [
    ...['Host', 'localhost', 'Set-Thing', 'a', 'Set-Thing', 'b'],
    ...['X-Forwarded-For', '198.51.100.1', 'X-Sheaf-Client', '198.51.100.2'],
  ];
  alignRawHeaders(request);
  expect(request.rawHeaders).toEqual([
    ...['Host', 'localhost', 'Set-Thing', 'a', 'Set-Thing', 'b'],
    ...[CLIENT_ADDRESS_HEADER, '203.0.113.7'],
  ]);
});

it.each([
  ['/abc/raw?line=1', '/abc/raw'],
  ['http://localhost:3000/api/health?x', '/api/health'],
  ['//evil.example/api/health', '//evil.example/api/health'],
  ['*', '*'],
])('%s has the path %s', (target, path) => {
  expect(pathOf(target)).toBe(path);
});
