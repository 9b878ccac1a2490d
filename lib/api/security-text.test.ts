import { afterEach, expect, it } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { setClock } from '../core/clock';
import { api } from './app';

useTestDatabase({ CONTACT_EMAIL: 'Security@Example.org', APP_URL: 'https://paste.example.org' });
let resetClock = () => {};
afterEach(() => resetClock());

it('security.txt has the fields of RFC 9116, and expires in half a year from the day it is read', async () => {
  resetClock = setClock(() => new Date('2030-01-01T15:30:00Z'));
  const answer = await api.request('/.well-known/security.txt');
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain; ?charset=utf-8$/i);
  expect(await answer.text()).toBe(
    [
      'Contact: mailto:security@example.org',
      'Expires: 2030-06-30T00:00:00.000Z',
      'Preferred-Languages: en, ru',
      'Canonical: https://paste.example.org/.well-known/security.txt',
      '',
    ].join('\n'),
  );
});
