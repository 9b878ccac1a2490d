import { expect, it } from 'vitest';
import { pageRoute } from './page-route';

it.each([
  ['/', '/'],
  ['/docs', '/docs'],
  ['/docs/api', '/docs'],
  ['/settings/tokens', '/settings'],
  ['/u/ada', '/u/:username'],
  ['/aBcDeF123456', '/:slug'],
  ['/aBcDeF123456/edit', '/:slug/edit'],
  ['/aBcDeF123456/ada@example.com', '/:slug/:other'],
  ['/DOCS', '/:slug'],
  ['/ada@example.com', '/:file'],
  ['/_next/static/a.js', '/_next'],
  ['//evil.example/x', '/'],
  ['/constructor', '/:slug'],
])('%s is %s', (path, route) => {
  expect(pageRoute(path)).toBe(route);
});
