import { describe, expect, it } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { addUser, holdMail, PASSWORD } from '@/test/test-people';
import { send, V1 } from '../../test/api-requests';
import { ANONYMOUS } from '../../test/callers';
import { startFamily } from '../accounts/tokens/pairs';
import { prisma } from '../core/prisma';
import { api } from './app';

useTestDatabase({ RATE_LIMIT_SCALE: '100000' });

holdMail();

describe('input that means harm', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const raw = (json: string) => ({ raw: json });
  const BODIES: unknown[] = [
    null,
    [],
    'x',
    7,
    {},
    { email: { $ne: null }, username: { $gt: '' }, password: { $regex: '.*' }, token: { $ne: '' } },
    { email: ['a@example.com'], username: ['ada'], password: [PASSWORD], token: ['x'] },
    { email: 'a@example.com', username: 'ada', password: PASSWORD, role: 'admin' },
    { email: 'a@example.com\r\nBcc: b@example.com', username: 'a\0b', password: 7, token: false },
    raw('{"__proto__": {"role": "admin"}, "email": "a@example.com"}'),
    raw('{"constructor": {"prototype": {"role": "admin"}}}'),
    raw(`{"email": ${deep}}`),
    raw(deep),
    raw('{"email": "a@example.com"'),
    raw(
      '{"token": "\\ud800", "password": "\\ud800\\ud800\\ud800\\ud800\\ud800\\ud800\\ud800\\ud800\\ud800\\ud800"}',
    ),
    raw(`{"password": "${'x'.repeat(1_000_000)}"}`),
  ];
  const ROUTES: [method: string, path: string][] = [
    ['POST', '/auth/register'],
    ['POST', '/auth/verify-email'],
    ['POST', '/auth/resend-verification'],
    ['POST', '/auth/login'],
    ['POST', '/auth/refresh'],
    ['POST', '/auth/forgot-password'],
    ['POST', '/auth/reset-password'],
    ['POST', '/auth/change-password'],
    ['POST', '/auth/change-email'],
    ['PATCH', '/users/me'],
    ['DELETE', '/users/me'],
    ['POST', '/users/me/tokens'],
    ['POST', '/users/me/claim'],
    ['PATCH', '/admin/users/0190a0a0-0000-7000-8000-000000000000'],
    ['POST', '/pastes/unknownPaste/hide'],
  ];

  for (const [method, path] of ROUTES) {
    it(`is rejected by ${method} ${path}`, async () => {
      const admin = await addUser({ role: 'admin' });
      const { access_token } = await startFamily(admin, ANONYMOUS);
      const before = await prisma().user.count();
      for (const body of BODIES) {
        const text =
          typeof body === 'object' && body !== null && 'raw' in body
            ? String(body.raw)
            : JSON.stringify(body);
        const response = await api.request(V1 + path, {
          method,
          headers: { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' },
          body: text,
        });
        expect([text.slice(0, 80), response.status]).toEqual([
          text.slice(0, 80),
          expect.toSatisfy((status: number) => [400, 413, 422].includes(status)),
        ]);
        expect(await response.text()).not.toMatch(/prisma|postgres| at .*\.ts:/i);
      }
      expect(await prisma().user.count()).toBe(before);
      const compressed = { 'content-encoding': 'gzip', authorization: `Bearer ${access_token}` };
      const asText = await send(method, path, {
        headers: { ...compressed, 'content-type': 'application/json' },
        json: {},
      });
      expect(asText.status).toBe(415);
    });
  }

  it('in a path or a query is 404 or 422, never 500', async () => {
    const { access_token: bearer } = await startFamily(await addUser({ role: 'admin' }), ANONYMOUS);
    const odd = [
      'x',
      '%00',
      "'%20or%201=1",
      '..%2f..',
      '%F0%9F%93%9C',
      '1e9',
      'null',
      '__proto__',
      'a'.repeat(5_000),
    ];
    for (const text of odd) {
      const answers = await Promise.all([
        send('DELETE', `/users/me/sessions/${text}`, { bearer }),
        send('DELETE', `/users/me/tokens/${text}`, { bearer }),
        send('GET', `/admin/users/${text}`, { bearer }),
        send('PATCH', `/admin/users/${text}`, { bearer, json: { role: 'user' } }),
        send('GET', `/users/${text}`, { bearer }),
        send('POST', `/pastes/${text}/hide`, { bearer, json: { reason: 'x' } }),
      ]);
      expect([text, ...answers.map(({ status }) => status)]).toEqual([text, 404, 404, 404, 404, 404, 404]);
    }
    const queries = [
      'limit=0',
      'limit=101',
      'limit=x',
      'cursor=%00',
      'cursor=x',
      'colour=red',
      'limit=1&limit=2',
    ];
    for (const query of queries) {
      const paths = ['/users/me/pastes', '/admin/users', `/users/${(await addUser()).username}`];
      const answers = await Promise.all(paths.map((path) => send('GET', `${path}?${query}`, { bearer })));
      expect([query, ...answers.map(({ status }) => status)]).toEqual([query, 422, 422, 422]);
    }
  });
});
