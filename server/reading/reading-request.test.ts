import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { readingRequest } from './reading-request';

const SLUG = 'abcdefghijkm';

function read(url: string, headers: Record<string, string> = {}, method = 'GET') {
  return readingRequest({ method, url, headers } as unknown as IncomingMessage);
}

describe('readingRequest', () => {
  it.each([
    [`/${SLUG}`, SLUG],
    ['/chosen-slug', 'chosen-slug'],
    [`/${SLUG}?utm_source=mail`, SLUG],
    [`/${SLUG}?view=source`, SLUG],
  ])('is for %s', (url, slug) => {
    expect(read(url)).toMatchObject({ method: 'GET', slug, path: url });
    expect(read(url, {}, 'HEAD')).toMatchObject({ method: 'HEAD', slug });
  });

  it.each([
    '/',
    '/explore',
    '/login',
    '/icon.svg',
    '/robots.txt',
    `/${SLUG}.ts`,
    `/${SLUG}/`,
    `/${SLUG}/edit`,
    `/${SLUG}/raw`,
    `//${SLUG}`,
    `/%61bcdefghijkm`,
    '/ab',
    `/${'a'.repeat(65)}`,
    `/${SLUG}?saved`,
    `/${SLUG}?share=token`,
    `/${SLUG}?confirm`,
    `/${SLUG}?_rsc=1`,
    `/${SLUG}?a&%73aved`,
  ])('leaves %s to Next', (url) => {
    expect(read(url)).toBeNull();
  });

  it.each(['rsc', 'next-action', 'x-sheaf-upload'])('leaves requests with the header %s to Next', (name) => {
    expect(read(`/${SLUG}`, { [name]: '1' })).toBeNull();
  });

  it('leaves to Next what this browser has just revealed', () => {
    expect(read(`/${SLUG}`, { cookie: 'sheaf_revealed=nonce' })).toBeNull();
  });

  it('leaves other methods to Next', () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND']) {
      expect(read(`/${SLUG}`, {}, method)).toBeNull();
    }
  });

  it('takes a view that is given once', () => {
    expect(read(`/${SLUG}?view=rendered-2`)?.view).toBe('rendered-2');
    expect(read(`/${SLUG}?view=source&view=source`)?.view).toBeUndefined();
    expect(read(`/${SLUG}`)?.view).toBeUndefined();
  });

  it('writes the path as a browser does', () => {
    expect(read(`/${SLUG}?a="><script>`)?.path).toBe(`/${SLUG}?a=%22%3E%3Cscript%3E`);
    expect(read(`/${SLUG}?a#b`)?.path).toBe(`/${SLUG}?a`);
  });

  it('takes from cookies only what is known', () => {
    const known = 'sheaf_theme=dark; sheaf_locale=ru; sheaf_wrap=on; sheaf_views=json-rendered';
    expect(read(`/${SLUG}`, { cookie: known })).toMatchObject({
      theme: 'dark',
      locale: 'ru',
      wrap: 'on',
      views: { markdown: 'rendered', json: 'rendered', csv: 'auto' },
    });
    const unknown =
      'sheaf_theme=constructor; sheaf_locale=__proto__; sheaf_wrap=1; sheaf_views=json-tree.__proto__; =; a; b=%zz';
    const headers = { cookie: unknown, 'accept-language': 'de, ru;q=0.5, en;q=0.1' };
    expect(read(`/${SLUG}`, headers)).toMatchObject({
      theme: 'system',
      locale: 'ru',
      wrap: undefined,
      views: { json: 'auto' },
    });
  });
});
