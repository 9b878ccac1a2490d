import { expect, it } from 'vitest';
import { hostnameOf, isLoopback } from './loopback';

it.each([
  ['127.8.9.1', true],
  ['::1', true],
  ['[::1]', true],
  ['app.localhost', true],
  ['127.0.0.1.example.org', false],
  ['localhost.example.org', false],
  ['', false],
])('%s is loopback: %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});

it('takes the host out of an address', () => {
  expect(hostnameOf('https://paste.example.org:8443/x')).toBe('paste.example.org');
  expect(hostnameOf('nonsense')).toBe('nonsense');
});
