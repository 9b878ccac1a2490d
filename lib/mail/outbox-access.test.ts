import { expect, it } from 'vitest';
import { mayOpenOutbox } from './outbox-access';

const home = {
  isMailerLocal: true,
  appUrl: 'http://localhost:3000',
  bindHost: '127.0.0.1',
  clientAddress: '127.0.0.1',
  hostHeader: 'localhost:3000',
};

it.each([
  {},
  { clientAddress: '::1', hostHeader: '[::1]:3000', bindHost: '::1' },
  { appUrl: 'http://sheaf.localhost', hostHeader: 'sheaf.localhost' },
  { hostHeader: '127.0.0.1' },
])('is open at home: %o', (change) => {
  expect(mayOpenOutbox({ ...home, ...change })).toBe(true);
});

it.each([
  { isMailerLocal: false },
  { appUrl: 'https://paste.example.org' },
  { bindHost: '0.0.0.0' },
  { bindHost: '::' },
  { clientAddress: '192.168.1.7' },
  { clientAddress: 'unknown' },
  { clientAddress: '' },
  { hostHeader: null },
  { hostHeader: '' },
  { hostHeader: 'rebound.example.org' },
  { hostHeader: 'localhost.example.org:3000' },
  { hostHeader: 'example.org@localhost:3000/' },
  { hostHeader: 'localhost:3000.example.org' },
])('does not exist otherwise: %o', (change) => {
  expect(mayOpenOutbox({ ...home, ...change })).toBe(false);
});
