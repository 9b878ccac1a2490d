import { expect, it } from 'vitest';
import { findBootFaults } from './boot-rules';

const local = { host: '127.0.0.1', appUrl: 'http://localhost:3000', variables: {} };

it('requires nothing on loopback', () => {
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
      'RESEND_API_KEY',
      'MAIL_FROM',
    ]);
  },
);

it('allows a public start when everything is set', () => {
  const mail = { SMTP_URL: 'smtp://mail', MAIL_FROM: 'Sheaf <sheaf@example.org>' };
  const secrets = { AUTH_SECRET: 'a', CRON_SECRET: 'b', ...mail };
  const open = { ...local, host: '0.0.0.0' };
  expect(findBootFaults({ ...open, variables: { ...secrets, DATABASE_URL: 'postgresql://db' } })).toEqual([]);
  for (const ALLOW_EMBEDDED of ['1', 'true', 'yes', 'on']) {
    expect(findBootFaults({ ...open, variables: { ...secrets, ALLOW_EMBEDDED } })).toEqual([]);
  }
  for (const ALLOW_EMBEDDED of ['0', 'false', '']) {
    expect(findBootFaults({ ...open, variables: { ...secrets, ALLOW_EMBEDDED } })).toHaveLength(1);
  }
});

it('accepts either mail provider, with a sender', () => {
  const chosen = { AUTH_SECRET: 'a', CRON_SECRET: 'b', DATABASE_URL: 'postgresql://db' };
  const open = { ...local, host: '0.0.0.0' };
  const faultsWith = (mail: Record<string, string>) =>
    findBootFaults({ ...open, variables: { ...chosen, ...mail } });
  expect(faultsWith({ RESEND_API_KEY: 're_x', MAIL_FROM: 'a@example.org' })).toEqual([]);
  expect(faultsWith({ SMTP_URL: 'smtp://mail', MAIL_FROM: 'a@example.org' })).toEqual([]);
  expect(faultsWith({ MAIL_FROM: 'a@example.org' })).toEqual([
    expect.stringMatching(/^RESEND_API_KEY or SMTP_URL /),
  ]);
  expect(faultsWith({ SMTP_URL: 'smtp://mail' })).toEqual([expect.stringMatching(/^MAIL_FROM /)]);
});

it('refuses DIRECT_URL without DATABASE_URL, in one sentence, also on a public address', () => {
  const DIRECT_URL = 'postgresql://db.example.org/sheaf';
  const sentence =
    'DATABASE_URL must be set together with DIRECT_URL, which is for migrations of the same database.';
  expect(findBootFaults({ ...local, variables: { DIRECT_URL } })).toEqual([sentence]);
  expect(findBootFaults({ ...local, variables: { DIRECT_URL, DATABASE_URL: DIRECT_URL } })).toEqual([]);
  const exposed = findBootFaults({ ...local, host: '0.0.0.0', variables: { DIRECT_URL } });
  expect(exposed.filter((fault) => fault.startsWith('DATABASE_URL '))).toEqual([sentence]);
});
