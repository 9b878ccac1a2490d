import { expect, test } from './fixtures';

const GUARDED = [
  '/me',
  '/shared',
  '/contacts',
  '/settings',
  '/settings/account',
  '/settings/security',
  '/settings/tokens',
  '/admin',
  '/admin/reports',
  '/admin/approvals',
  '/admin/blocked',
  '/admin/settings',
  '/admin/audit',
  '/admin/status',
];

// Ways by which frameworks have been talked out of their guards.
const TRICKS: Record<string, { suffix?: string; headers?: Record<string, string> }> = {
  'as it is': {},
  'a middleware that claims to have run': {
    headers: { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' },
  },
  'a middleware that claims to have run, in src': {
    headers: { 'x-middleware-subrequest': 'src/middleware:src/middleware:src/middleware' },
  },
  'a server component': { headers: { rsc: '1', 'next-router-state-tree': '%5B%22%22%5D' } },
  'a server component by its query': { suffix: '?_rsc=abc', headers: { rsc: '1' } },
  'a prefetch': { headers: { rsc: '1', 'next-router-prefetch': '1', purpose: 'prefetch' } },
  'a segment prefetch': {
    headers: { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' },
  },
  'the .rsc file': { suffix: '.rsc' },
  'the .rsc file with headers': { suffix: '.rsc', headers: { rsc: '1' } },
  'the segments folder': { suffix: '.segments/_tree.segment.rsc' },
  'another host': { headers: { 'x-forwarded-host': 'evil.test', 'x-forwarded-for': '127.0.0.1' } },
  'a rewritten address': { headers: { 'x-original-url': '/', 'x-rewrite-url': '/' } },
  'a doubled slash': { suffix: '//' },
};

for (const path of GUARDED) {
  for (const [name, { suffix = '', headers = {} }] of Object.entries(TRICKS)) {
    test(`${path} asked for as ${name} shows nothing to a stranger`, async ({ sheaf }) => {
      const answer = await fetch(`${sheaf.url}${path}${suffix}`, { headers, redirect: 'manual' });
      const body = await answer.text();
      expect(answer.status, body.slice(0, 200)).not.toBe(500);
      expect([302, 303, 307, 308, 404, 200]).toContain(answer.status);
      if (answer.status === 200) {
        // A redirect or a 404 inside a stream is the only thing a 200 may carry: `/me.rsc` is no paste.
        expect(body).toMatch(/NEXT_REDIRECT.*\/login|NEXT_HTTP_ERROR_FALLBACK;404/s);
      }
      expect(answer.headers.get('location') ?? '').not.toContain('evil.test');
      for (const word of ['name="current_password"', 'end_sessions', 'type="file"', 'Personal access']) {
        expect(body).not.toContain(word);
      }
    });
  }
}

test('a server action of a guarded page does nothing for a stranger', async ({ sheaf }) => {
  const answer = await fetch(`${sheaf.url}/settings`, {
    method: 'POST',
    headers: { origin: sheaf.url, 'next-action': '7f'.repeat(21), 'content-type': 'text/plain' },
    body: '[]',
    redirect: 'manual',
  });
  expect(answer.status).toBeLessThan(500);
  expect(answer.headers.get('set-cookie') ?? '').not.toContain('sheaf_session');
});
