import { describe, expect, it } from 'vitest';
import { MAX_CHOSEN, readBackHref, readChosenSlugs } from './own-selection';

describe('readChosenSlugs', () => {
  it('takes each slug once, and ignores invalid ones', () => {
    const file = new File(['x'], 'abc');
    expect(readChosenSlugs(['abc', 'a/../b', '', file, 'def', 'abc'])).toEqual(['abc', 'def']);
  });

  it('takes at most as many as can be deleted at once', () => {
    const slugs = Array.from({ length: MAX_CHOSEN + 1 }, (_, at) => `slug-${at}`);
    expect(readChosenSlugs(slugs)).toEqual(slugs.slice(0, MAX_CHOSEN));
  });
});

describe('readBackHref', () => {
  it.each([
    ['/me?q=a%26b&sort=title', '/me?q=a%26b&sort=title'],
    ['/u/ada', '/u/ada'],
    ['/u/ada?cursor=x', '/u/ada?cursor=x'],
  ])('goes back to %s', (given, href) => {
    expect(readBackHref(given)).toBe(href);
  });

  it.each([
    null,
    '',
    '/',
    '/admin',
    '/me/delete',
    '/u/ada/../../admin',
    '//elsewhere.example/me',
    'https://e.example/me',
  ])('goes nowhere else: %j', (given) => {
    expect(readBackHref(given)).toBe('/me');
  });
});
