import { describe, expect, test } from 'vitest';
import { safeNextPath } from './next-path';

describe('safeNextPath', () => {
  test.each(['/', '/me', '/explore?q=a%20b&language=ruby', '/abc#L3', '/settings/tokens'])(
    'keeps %s',
    (path) => {
      expect(safeNextPath(path, '/me')).toBe(path);
    },
  );

  test.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '\\/evil.example',
    '/\t/evil.example',
    '/..//evil.example',
    '/.//evil.example',
    '/a/..//evil.example',
    '/%2e//evil.example',
    '/./\\evil.example',
    'javascript:alert(1)',
    'data:text/html,x',
    'me',
    '',
    ' /me',
    null,
    undefined,
    ['/me'],
  ])('goes home instead of to %j', (next) => {
    expect(safeNextPath(next, '/me')).toBe('/me');
  });

  test('what it returns, a browser resolves to this origin', () => {
    const origin = 'https://sheaf.example';
    const parts = ['/', '\\', '.', '..', '%2e', '\t', '\n', 'evil.example', '@', ':', '?', '#'];
    for (const a of parts) {
      for (const b of parts) {
        for (const c of parts) {
          for (const d of parts) {
            const path = safeNextPath(`/${a}${b}${c}${d}`, '/me');
            expect(new URL(path, origin).origin, JSON.stringify(path)).toBe(origin);
          }
        }
      }
    }
  });
});
