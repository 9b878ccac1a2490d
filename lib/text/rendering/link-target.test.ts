import { describe, expect, it } from 'vitest';
import { linkTarget } from './link-target';

describe('linkTarget', () => {
  it.each([
    ['https://a.example', 'https://a.example/'],
    ['HTTP://A.example/b?c=d#e', 'http://a.example/b?c=d#e'],
    ['mailto:a@b.example?subject=c', 'mailto:a@b.example?subject=c'],
    ['#a', '#x-a'],
    ['#%D0%B0', '#x-%D0%B0'],
    ['#"<', '#x-%22%3C'],
  ])('leads from %j to %j', (href, target) => {
    expect(linkTarget(href, { idPrefix: 'x-' })?.href).toBe(target);
  });

  it.each([
    ...['', '#', '#%', 'a', 'a/b.md', '/a', '//a.example', '?a', '\\\\a.example', '/\\a.example'],
    ...[
      'javascript:a',
      ' javascript:a',
      'java\tscript:a',
      'data:text/html,a',
      'vbscript:a',
      'file:///a',
      'blob:a',
    ],
    ...['http:a.example', 'https:a.example', 'https:/a.example', 'https:\\\\a.example', 'https:///a.example'],
    ...[
      'https://a\\b',
      'https://a b',
      'https://a\n.example',
      '\thttps://a.example',
      'https://',
      'https://[a]',
    ],
    ...['https://a@b.example', 'https://a:b@c.example', 'https://@b.example:99999', 'mailto:', 'mailto:a'],
    ...['https://a.example/\u202e', 'ftp://a.example', `https://a.example/${'b'.repeat(3_000)}`],
  ])('leads nowhere from %j', (href) => {
    expect(linkTarget(href, { idPrefix: 'x-' })).toBeNull();
  });
});
