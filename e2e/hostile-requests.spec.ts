import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from './fixtures';
import { headerOf, type RawAnswer, sendBytes, sendRawRequest } from './support/raw-request';

const COMMON = {
  'x-content-type-options': ['nosniff'],
  'referrer-policy': ['no-referrer', 'same-origin'],
  'x-frame-options': ['DENY'],
  'cross-origin-opener-policy': ['same-origin'],
  'permissions-policy': ['camera=(), geolocation=(), microphone=(), payment=(), usb=()'],
};

function expectCommonHeaders(answer: RawAnswer, what: string): void {
  for (const [name, values] of Object.entries(COMMON)) {
    expect(values, `${name} of ${what}`).toContain(headerOf(answer, name));
  }
}

/** Where an answer sends a browser must be a path of this site. */
function expectOwnLocation(answer: RawAnswer, { what, url }: { what: string; url: string }): void {
  const location = headerOf(answer, 'location');
  if (location === null) return;
  expect(new URL(location, url).origin, `${location}, for ${what}`).toBe(url);
}

test.describe('every answer has the common security headers', () => {
  const NOT_FOUND = '/a-paste-that-is-not-there';
  const REQUESTS: [method: string, target: string, statuses: number[]][] = [
    ['GET', '/', [200]],
    ['GET', '/explore', [200]],
    ['GET', NOT_FOUND, [404]],
    ['GET', '/docs/', [308]],
    ['GET', '/123456789ABC.txt', [307]],
    ['GET', '/foo.png', [307]],
    ['GET', '/a/b/foo.svg', [404]],
    ['GET', '/favicon.ico', [404]],
    ['GET', '/a%00.png', [404]],
    ['GET', '/_next/static/none', [404]],
    ['GET', '/_next/static/chunks/none.js', [404]],
    ['GET', '/_next/image?url=x', [400, 404]],
    ['GET', '/_next/data/x.json', [404]],
    ['GET', '/icon.svg', [200]],
    ['GET', '/apple-icon.png', [200]],
    ['GET', '/manifest.webmanifest', [200]],
    ['GET', '/robots.txt', [200]],
    ['GET', '/sitemap.xml', [200]],
    ['GET', '/none/picture.png', [404]],
    ['GET', `${NOT_FOUND}/preview.png`, [404]],
    ['GET', '/me', [303, 307]],
    ['GET', '/contacts/export.csv', [303]],
    ['GET', '/people', [308]],
    ['GET', '/api/auth/session', [404]],
    ['GET', '/api/auth/signin', [404]],
    ['GET', '/api/health', [200]],
    ['GET', '/api/none', [404]],
    ['GET', '/documents/none', [404]],
    ['GET', `${NOT_FOUND}/raw`, [404]],
    ['PUT', '/api/v1/pastes', [405]],
    ['DELETE', '/explore', [405]],
    ['PROPFIND', '/', [405]],
    ['OPTIONS', '/', [204]],
  ];

  for (const [method, target, statuses] of REQUESTS) {
    test(`${method} ${target}`, async ({ sheaf }) => {
      const answer = await sendRawRequest(sheaf.url, { method, target });
      expect(statuses).toContain(answer.status);
      expectCommonHeaders(answer, target);
      expectOwnLocation(answer, { what: target, url: sheaf.url });
    });
  }

  test('a body that is too large, a page and an API path', async ({ sheaf }) => {
    const headers = ['Content-Type: multipart/form-data; boundary=x', `Origin: ${sheaf.url}`];
    const post = { method: 'POST', headers };
    const page = await sendRawRequest(sheaf.url, { ...post, target: '/', body: 'x'.repeat(6_400_000) });
    const announced = { ...post, headers: [...headers, 'Content-Length: 999999999'] };
    const api = await sendRawRequest(sheaf.url, { ...announced, target: '/api/v1/pastes' });
    for (const answer of [page, api]) {
      expect(answer.status).toBe(413);
      expectCommonHeaders(answer, 'a large body');
    }
  });

  test('invalid HTTP, a missing Host, and a request that is too long', async ({ sheaf }) => {
    // The plain Next server learns of these from the first request that it could read.
    await sendRawRequest(sheaf.url, { target: '/api/health' });
    const long = 'x'.repeat(20_000);
    const answers: [what: string, status: number, answer: RawAnswer][] = [
      ['garbage', 400, await sendBytes(sheaf.url, 'garbage\r\n\r\n')],
      ['no Host', 400, await sendBytes(sheaf.url, 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n')],
      ['a long path', 431, await sendRawRequest(sheaf.url, { target: `/${long}` })],
      ['a long header', 431, await sendRawRequest(sheaf.url, { target: '/', headers: [`X-Long: ${long}`] })],
    ];
    for (const [what, status, answer] of answers) {
      expect(answer.status, what).toBe(status);
      expectCommonHeaders(answer, what);
    }
  });
});

test.describe('no request target leads to another site, and none to a 500', () => {
  const SAME_AS: [target: string, status: number, location: string | null][] = [
    ['http://evil.example/', 200, null],
    ['http://evil.example', 200, null],
    ['http://evil.example?x=1', 200, null],
    ['HTTP://EVIL.EXAMPLE/docs', 200, null],
    ['http://evil.example/docs/', 308, '/docs'],
    ['https://user@evil.example:8080//docs', 200, null],
    ['http://evil.example/api/health', 200, null],
    ['http://evil.example/123456789ABC.txt', 307, '/123456789ABC'],
    ['//evil.example/docs/', 308, '/evil.example/docs'],
    ['//evil.example', 307, '/evil'],
    ['/\\evil.example', 307, '/evil'],
    ['/\\\\evil.example/', 308, '/evil.example'],
    ['///', 200, null],
  ];
  for (const [target, status, location] of SAME_AS) {
    test(`${target} is a path of this site`, async ({ sheaf }) => {
      const answer = await sendRawRequest(sheaf.url, { target });
      expect(answer.status).toBe(status);
      expectOwnLocation(answer, { what: target, url: sheaf.url });
      const sent = headerOf(answer, 'location');
      expect(sent && new URL(sent, sheaf.url).pathname).toBe(location);
    });
  }

  const TARGETS = [
    '*',
    '//evil.example/..',
    '//evil.example/%2e%2e',
    '/\\/evil.example/docs/',
    '/%2f%2fevil.example/',
    '/%5cevil.example/',
    '/..//evil.example/',
    '/docs//evil.example/',
    '/docs/?next=//evil.example',
    '/login?next=//evil.example',
    '/login?next=https://evil.example',
    '/?_rsc=x',
    '/%',
    '/%00',
    '/%ff%fe',
    '/explore?cursor=%00',
    '/u/%00',
    '/contacts/%00',
    '/people/%00',
    '/people//evil.example',
    `/${'x'.repeat(8_000)}`,
    `/?${'x'.repeat(8_000)}`,
    `/${'a/'.repeat(4_000)}`,
    'http:///x',
    'http://',
    'foo',
    'evil.example:80',
  ];
  for (const target of TARGETS) {
    test(`${target.slice(0, 40)} is answered`, async ({ sheaf }) => {
      const answer = await sendRawRequest(sheaf.url, { target });
      expect(answer.status).toBeGreaterThanOrEqual(200);
      expect(answer.status).toBeLessThan(500);
      expectOwnLocation(answer, { what: target, url: sheaf.url });
    });
  }

  const HOSTS: [what: string, hosts: string[]][] = [
    ['an empty Host', ['']],
    ['two Hosts', ['localhost', 'evil.example']],
    ['a Host with a path', ['evil.example/..']],
    ['a Host with a user', ['user@evil.example']],
    ['a Host with blanks', ['a b']],
    ['half an address as Host', ['[::1']],
  ];
  for (const [what, hosts] of HOSTS) {
    test(`${what} is replaced by our own`, async ({ sheaf }) => {
      for (const target of ['/docs/', '/me', '/api/auth/signin', '/api/v1/openapi.json']) {
        const answer = await sendRawRequest(sheaf.url, { target, hosts });
        expect(answer.status, target).toBeLessThan(500);
        expect(answer.status, target).toBeGreaterThanOrEqual(200);
        expect(JSON.stringify(answer.headers)).not.toContain('evil.example');
        expectOwnLocation(answer, { what, url: sheaf.url });
      }
    });
  }

  test('HTTP/1.0 without a Host is answered', async ({ sheaf }) => {
    const answer = await sendRawRequest(sheaf.url, { target: '/docs/', hosts: [], version: '1.0' });
    expect(answer.status).toBe(308);
    expectOwnLocation(answer, { what: 'HTTP/1.0', url: sheaf.url });
  });
});

test.describe('methods and origins that no page takes', () => {
  const PAGES = ['/', '/explore', '/docs', '/docs/api'];
  for (const method of ['TRACE', 'PROPFIND', 'PUT', 'PATCH', 'DELETE', 'SEARCH', 'PURGE', 'M-SEARCH']) {
    test(`${method} of a page is 405, with the allowed methods`, async ({ sheaf }) => {
      // What is put at the root is a paste.
      for (const target of method === 'PUT' ? PAGES.slice(1) : PAGES) {
        const answer = await sendRawRequest(sheaf.url, { method, target });
        expect(answer.status, target).toBe(405);
        expect(headerOf(answer, 'allow'), target).toContain('GET');
      }
    });
  }

  test('TRACE of anything else is rejected, and repeats nothing', async ({ sheaf }) => {
    for (const target of ['/api/v1/pastes', '/api/auth/session', '/robots.txt', '/icon.svg', '/x-y-z/raw']) {
      const answer = await sendRawRequest(sheaf.url, { method: 'TRACE', target, headers: ['X-Secret: 42'] });
      expect([400, 404, 405], target).toContain(answer.status);
      expect(answer.body).not.toContain('42');
    }
  });

  test('CONNECT and unknown methods open no tunnel', async ({ sheaf }) => {
    for (const method of ['CONNECT', 'TRACK', 'FOO']) {
      const answer = await sendRawRequest(sheaf.url, { method, target: 'evil.example:80' });
      expect([0, 400, 405], method).toContain(answer.status);
    }
  });

  test('a client that asks for a tunnel and resets the connection stops nothing', async ({ api, sheaf }) => {
    const { hostname, port } = new URL(sheaf.url);
    for (let n = 0; n < 20; n += 1) {
      const socket = connect(Number(port), hostname);
      socket.on('error', () => {});
      await once(socket, 'connect');
      socket.write('CONNECT evil.example:80 HTTP/1.1\r\nHost: evil.example:80\r\n\r\n', () => {
        socket.resetAndDestroy();
      });
      await once(socket, 'close');
    }
    expect((await api.get('/api/health')).status).toBe(200);
  });

  const PATHS = ['/', '/foo.png', '/a/b.svg', '/x.txt', '/icon.svg', '/robots.txt', '/none/preview.png'];
  for (const origin of ['http://evil.example', 'null', 'garbage', 'http://localhost:1']) {
    test(`a post from ${origin} is rejected on every path`, async ({ sheaf }) => {
      for (const target of PATHS) {
        for (const action of [[], ['Next-Action: 00']]) {
          const headers = [`Origin: ${origin}`, 'Content-Type: text/plain', ...action];
          const answer = await sendRawRequest(sheaf.url, { method: 'POST', target, headers, body: 'abc' });
          expect([403, 405], `${target} ${action}`).toContain(answer.status);
        }
      }
    });
  }
});

test('headers of the framework with garbage in them are no 500', async ({ sheaf }) => {
  const HEADERS = [
    ['RSC: 1', 'Next-Router-State-Tree: garbage'],
    ['RSC: 1', 'Next-Router-State-Tree: %5B'],
    ['RSC: 1', 'Next-Router-State-Tree: %5B%22%22%5D'],
    ['RSC: 1', 'Next-Router-State-Tree: %E0%A4%A'],
    ['RSC: 1', `Next-Router-State-Tree: ${'%5B'.repeat(3_000)}`],
    ['RSC: 1', 'Next-Router-Prefetch: 9', 'Next-Router-Segment-Prefetch: /_x'],
    ['Next-Router-State-Tree: %7B'],
    ['Next-Url: //evil.example'],
    ['Next-Action: garbage'],
    ['Accept-Language: \xff\xfe,;q=zz'],
    ['Cookie: locale=%00; theme=\xff; __Host-x=%'],
    ['X-Matched-Path: /admin', 'X-Invoke-Path: /admin', 'X-Now-Route-Matches: 1=a'],
    ['Next-Resume: 1'],
    ['X-Nextjs-Data: 1'],
    ['Accept-Encoding: zzz, \xff'],
    ['Range: bytes=5-1', 'If-None-Match: \x80', 'If-Modified-Since: never'],
    ['Upgrade: websocket', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='],
  ];
  for (const headers of HEADERS) {
    for (const target of ['/', '/explore', '/a-paste-that-is-not-there']) {
      const answer = await sendRawRequest(sheaf.url, { target, headers });
      expect(answer.status, `${target} with ${headers}`).toBeGreaterThanOrEqual(200);
      expect(answer.status, `${target} with ${headers}`).toBeLessThan(500);
    }
  }
});
