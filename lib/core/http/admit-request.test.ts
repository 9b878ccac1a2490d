import type { IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const BASE = { DATABASE_URL: 'postgres://localhost/none', AUTH_SECRET: 'x'.repeat(32) };

type Headers = Record<string, string>;

async function admit(peer: string, headers: Headers): Promise<Headers> {
  const { admitRequest } = await import('./admit-request');
  const request = {
    headers: { ...headers },
    rawHeaders: [],
    httpVersion: '1.1',
    socket: { remoteAddress: peer },
  } as unknown as IncomingMessage;
  admitRequest(request);
  return request.headers as Headers;
}

async function addressOf(headers: Headers): Promise<string> {
  const { clientAddressOf } = await import('./client-address');
  return clientAddressOf(new Map(Object.entries(headers)));
}

async function admittedAs(peer: string, headers: Headers): Promise<string> {
  return addressOf(await admit(peer, headers));
}

beforeEach(() => {
  vi.resetModules();
  for (const [name, value] of Object.entries(BASE)) vi.stubEnv(name, value);
});
afterEach(() => vi.unstubAllEnvs());

describe('admitRequest: request targets and hosts', () => {
  const admitted = async (request: {
    url?: string;
    method?: string;
    hosts?: string[];
    httpVersion?: string;
  }) => {
    const { admitRequest } = await import('./admit-request');
    const { url = '/', method = 'GET', hosts = ['sheaf.test'], httpVersion = '1.1' } = request;
    const message = {
      url,
      method,
      httpVersion,
      headers: hosts[0] === undefined ? {} : { host: hosts[0] },
      rawHeaders: [...hosts.flatMap((host) => ['Host', host]), 'Accept', '*/*'],
      socket: { remoteAddress: '203.0.113.5' },
    } as unknown as IncomingMessage;
    admitRequest(message);
    return message;
  };

  it.each([
    ['/docs?x=//y', '/docs?x=//y'],
    ['http://evil.test/docs/?x', '/docs/?x'],
    ['HTTPS://user@evil.test:80', '/'],
    ['http://evil.test?x', '/?x'],
    ['http://evil.test//a', '/a'],
    ['//evil.test/..', '/evil.test/..'],
    ['/\\\\evil.test', '/evil.test'],
    ['\\\\evil.test', '/evil.test'],
    ['*', '/*'],
    ['', '/'],
    ['/%', '/%25'],
  ])('makes a path of this site of the target %j', async (target, url) => {
    expect((await admitted({ url: target })).url).toBe(url);
  });

  it.each([
    [['sheaf.test:80'], 'sheaf.test:80'],
    [['[::1]:3000'], '[::1]:3000'],
    [[''], 'localhost:3000'],
    [['a', 'b'], 'localhost:3000'],
    [['user@evil.test'], 'localhost:3000'],
    [['evil.test/x'], 'localhost:3000'],
  ])('takes %j as the host %s', async (hosts, host) => {
    const { headers, rawHeaders } = await admitted({ hosts });
    expect(headers.host).toBe(host);
    expect(rawHeaders).toEqual(['Host', host, 'Accept', '*/*']);
  });

  it('gives HTTP/1.0 a host, and leaves it to Node to refuse HTTP/1.1 without one', async () => {
    expect((await admitted({ hosts: [], httpVersion: '1.0' })).headers.host).toBe('localhost:3000');
    expect((await admitted({ hosts: [] })).headers.host).toBeUndefined();
  });

  it('turns TRACE into a method that is rejected', async () => {
    expect((await admitted({ method: 'TRACE' })).method).toBe('PROPFIND');
    expect((await admitted({ method: 'DELETE' })).method).toBe('DELETE');
  });
});

describe('admitRequest', () => {
  it('trusts only the socket by default', async () => {
    const headers = await admit('::ffff:203.0.113.5', {
      'x-forwarded-for': '198.51.100.1',
      'x-real-ip': '198.51.100.1',
      'x-forwarded-host': 'evil.test',
      'x-sheaf-client': '198.51.100.1',
      'x-middleware-subrequest': 'proxy',
      accept: '*/*',
    });
    expect(Object.keys(headers).sort()).toEqual(['accept', 'x-sheaf-client']);
    expect(await addressOf(headers)).toBe('203.0.113.5');
  });

  it('walks back through trusted proxies only', async () => {
    vi.stubEnv('TRUSTED_PROXIES', '10.0.0.0/8, 192.0.2.7');
    const chain = { 'x-forwarded-for': '6.6.6.6, 198.51.100.1, 10.1.1.1' };
    expect(await admittedAs('192.0.2.7', chain)).toBe('198.51.100.1');
    expect(await admittedAs('192.0.2.8', chain)).toBe('192.0.2.8');
  });

  it('parses ports and brackets, and trusts nothing left of an unparsable entry', async () => {
    vi.stubEnv('TRUSTED_PROXIES', '192.0.2.7');
    const via = (chain: string) => admittedAs('192.0.2.7', { 'x-forwarded-for': chain });
    expect(await via('9.9.9.9, 203.0.113.5:50122')).toBe('203.0.113.5');
    expect(await via('9.9.9.9, [2001:db8::1]:443')).toBe('2001:db8::1');
    expect(await via('9.9.9.9, unknown')).toBe('192.0.2.7');
  });

  it('trusts the front only with its token', async () => {
    vi.stubEnv('FRONT_TOKEN', 'token');
    for (const claimed of ['198.51.100.1', 'the-mark-of-the-front 198.51.100.1']) {
      const claim = { 'x-sheaf-client': claimed };
      expect(await admittedAs('127.0.0.1', { ...claim, 'x-sheaf-front': 'token' })).toBe('198.51.100.1');
      expect(await admittedAs('127.0.0.1', { ...claim, 'x-sheaf-front': 'wrong' })).toBe('127.0.0.1');
    }
  });
});

describe('clientAddressOf', () => {
  const forged = {
    'x-sheaf-client': '198.51.100.1',
    'x-forwarded-for': '198.51.100.2',
    'x-real-ip': '198.51.100.3',
  };

  it('believes nothing in a request that was not admitted', async () => {
    expect(await addressOf({})).toBe('unknown');
    expect(await addressOf(forged)).toBe('unknown');
    expect(await addressOf({ ...forged, 'x-sheaf-client': 'undefined 198.51.100.1' })).toBe('unknown');
    expect(await addressOf({ ...forged, 'x-sheaf-client': ' 198.51.100.1' })).toBe('unknown');
  });

  it('reads what another copy of this module has admitted', async () => {
    const headers = await admit('203.0.113.5', forged);
    vi.resetModules();
    expect(await addressOf(headers)).toBe('203.0.113.5');
  });

  it('uses the platform’s headers, and only there', async () => {
    vi.stubEnv('VERCEL', '1');
    vi.stubEnv('RESEND_API_KEY', 're_key');
    vi.stubEnv('BLOB_READ_WRITE_TOKEN', 'vercel_blob_rw_store_secret');
    expect(await addressOf({ ...forged, 'x-forwarded-for': '203.0.113.5, 192.0.2.1' })).toBe('203.0.113.5');
    expect(await addressOf({ 'x-sheaf-client': '198.51.100.1', 'x-real-ip': '203.0.113.6' })).toBe(
      '203.0.113.6',
    );
    expect(await addressOf({ 'x-sheaf-client': '198.51.100.1' })).toBe('unknown');
    expect(await admittedAs('10.0.0.1', { 'x-forwarded-for': '203.0.113.5' })).toBe('203.0.113.5');
    // Two processes see a page there, and the first one passes on what it left.
    const left = await admit('10.0.0.1', { 'x-forwarded-for': '203.0.113.5', 'x-client-ip': '198.51.100.1' });
    expect(left).not.toHaveProperty('x-client-ip');
    expect(await admittedAs('10.0.0.2', left)).toBe('203.0.113.5');
  });
});
