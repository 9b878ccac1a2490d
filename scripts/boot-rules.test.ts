import { expect, it } from 'vitest';
import { findBootFaults, isLoopback } from './boot-rules';

const local = { host: '127.0.0.1', appUrl: 'http://localhost:3000', variables: {} };

it('asks for nothing on loopback', () => {
  expect(findBootFaults(local)).toEqual([]);
  expect(findBootFaults({ ...local, host: '::1', appUrl: 'http://[::1]:3000' })).toEqual([]);
});

it.each([{ host: '0.0.0.0' }, { host: '::' }, { appUrl: 'https://paste.example.org' }])(
  'names what is missing in public: %o',
  (change) => {
    const faults = findBootFaults({ ...local, ...change });
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual([
      'AUTH_SECRET',
      'CRON_SECRET',
      'DATABASE_URL',
    ]);
  },
);

it('starts in public when everything is chosen', () => {
  const secrets = { AUTH_SECRET: 'a', CRON_SECRET: 'b' };
  const open = { ...local, host: '0.0.0.0' };
  expect(findBootFaults({ ...open, variables: { ...secrets, DATABASE_URL: 'postgresql://db' } })).toEqual([]);
  expect(findBootFaults({ ...open, variables: { ...secrets, ALLOW_EMBEDDED: '1' } })).toEqual([]);
  expect(findBootFaults({ ...open, variables: { ...secrets, ALLOW_EMBEDDED: '0' } })).toHaveLength(1);
});

it.each([
  ['127.8.9.1', true],
  ['app.localhost', true],
  ['127.0.0.1.example.org', false],
  ['localhost.example.org', false],
  ['', false],
])('%s is loopback: %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});
