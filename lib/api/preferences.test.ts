import { describe, expect, it } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { addSignedInBrowser } from '@/test/test-people';
import { prisma } from '../core/prisma';
import { api } from './app';

useTestDatabase();

const SITE = 'http://localhost:3000';

async function choose(fields: Record<string, string>, headers: Record<string, string> = {}) {
  const response = await api.request(`${SITE}/preferences`, {
    method: 'POST',
    body: new URLSearchParams(fields).toString(),
    headers: {
      host: 'localhost:3000',
      origin: SITE,
      'content-type': 'application/x-www-form-urlencoded',
      ...headers,
    },
  });
  const { status } = response;
  return { status, to: response.headers.get('location'), cookies: response.headers.getSetCookie() };
}

describe('a choice', () => {
  it('is kept for a year, and leads back to the page', async () => {
    expect(await choose({ theme: 'dark', next: '/explore?q=a#b' })).toEqual({
      status: 303,
      to: '/explore?q=a#b',
      cookies: ['sheaf_theme=dark; Max-Age=31536000; Path=/; HttpOnly; SameSite=Lax'],
    });
    expect(await choose({ locale: 'ru', next: '/' })).toMatchObject({
      status: 303,
      to: '/',
      cookies: [expect.stringMatching(/^sheaf_locale=ru;/)],
    });
  });

  it('of a view is added to those before, where scripts can change it', async () => {
    const cookie = 'sheaf_views=csv-rendered';
    expect(await choose({ view: 'markdown-source', next: '/a' }, { cookie })).toEqual({
      status: 303,
      to: '/a',
      cookies: ['sheaf_views=markdown-source.csv-rendered; Max-Age=31536000; Path=/; SameSite=Lax'],
    });
  });

  it('of a language is the language of the mail of the member who is signed in', async () => {
    const { user, cookie } = await addSignedInBrowser();
    await choose({ locale: 'ru' }, { cookie });
    expect((await prisma().user.findUniqueOrThrow({ where: { id: user.id } })).locale).toBe('ru');
  });

  it.each<Record<string, string>>([
    { theme: 'neon' },
    { locale: 'tlh' },
    { theme: '\0' },
    { view: 'csv-split' },
    { other: 'dark' },
    {},
  ])('that is not offered changes nothing: %j', async (fields) => {
    expect(await choose({ ...fields, next: '/docs' })).toEqual({ status: 303, to: '/docs', cookies: [] });
  });

  it.each(['https://elsewhere.example/', '//elsewhere.example', '/\\elsewhere.example', 'docs', ''])(
    'leads to no other site: %s',
    async (next) => {
      expect(await choose({ theme: 'light', next })).toMatchObject({ status: 303, to: '/' });
    },
  );
});

describe('rejected is', () => {
  it.each<[string, Record<string, string>]>([
    ['another site', { origin: 'https://elsewhere.example' }],
    ['a page that hides its origin', { origin: 'null' }],
  ])('a form of %s', async (_name, headers) => {
    expect(await choose({ theme: 'dark' }, headers)).toEqual({ status: 403, to: null, cookies: [] });
  });

  it('a form that a browser sends without an origin', async () => {
    const body = new URLSearchParams({ theme: 'dark' });
    const headers = { host: 'localhost:3000', 'sec-fetch-site': 'cross-site' };
    const response = await api.request(`${SITE}/preferences`, { method: 'POST', body, headers });
    expect([response.status, response.headers.getSetCookie()]).toEqual([403, []]);
  });

  it.each(['GET', 'HEAD', 'PUT', 'DELETE'])('%s', async (method) => {
    const response = await api.request(`${SITE}/preferences`, { method });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
  });

  it('another media type, and a body that is too large', async () => {
    expect(await choose({ theme: 'dark' }, { 'content-type': 'application/json' })).toMatchObject({
      status: 415,
    });
    expect(await choose({ theme: 'dark', next: `/${'a'.repeat(65_536)}` })).toMatchObject({ status: 413 });
  });
});
