import type { IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const BASE = { DATABASE_URL: 'postgres://localhost/none', AUTH_SECRET: 'x'.repeat(32) };

async function admit(peer: string, headers: Record<string, string>): Promise<IncomingMessage['headers']> {
  const { admitRequest } = await import('./entry');
  const request = { headers: { ...headers }, socket: { remoteAddress: peer } } as unknown as IncomingMessage;
  admitRequest(request);
  return request.headers;
}

describe('admitRequest', () => {
  beforeEach(() => {
    vi.resetModules();
    for (const [name, value] of Object.entries(BASE)) vi.stubEnv(name, value);
  });
  afterEach(() => vi.unstubAllEnvs());

  it('believes the socket and nobody else', async () => {
    const headers = await admit('::ffff:203.0.113.5', {
      'x-forwarded-for': '198.51.100.1',
      'x-real-ip': '198.51.100.1',
      'x-forwarded-host': 'evil.test',
      'x-sheaf-client': '198.51.100.1',
      'x-middleware-subrequest': 'proxy',
      accept: '*/*',
    });
    expect(headers).toEqual({ 'x-sheaf-client': '203.0.113.5', accept: '*/*' });
  });

  it('walks back through trusted proxies only', async () => {
    vi.stubEnv('TRUSTED_PROXIES', '10.0.0.0/8, 192.0.2.7');
    const chain = { 'x-forwarded-for': '6.6.6.6, 198.51.100.1, 10.1.1.1' };
    expect((await admit('192.0.2.7', chain))['x-sheaf-client']).toBe('198.51.100.1');
    expect((await admit('192.0.2.8', chain))['x-sheaf-client']).toBe('192.0.2.8');
  });

  it('reads ports and brackets, and believes nothing left of what it cannot read', async () => {
    vi.stubEnv('TRUSTED_PROXIES', '192.0.2.7');
    const via = async (chain: string) =>
      (await admit('192.0.2.7', { 'x-forwarded-for': chain }))['x-sheaf-client'];
    expect(await via('9.9.9.9, 203.0.113.5:50122')).toBe('203.0.113.5');
    expect(await via('9.9.9.9, [2001:db8::1]:443')).toBe('2001:db8::1');
    expect(await via('9.9.9.9, unknown')).toBe('192.0.2.7');
  });

  it('takes the front at its word only with its token', async () => {
    vi.stubEnv('FRONT_TOKEN', 'token');
    const claim = { 'x-sheaf-client': '198.51.100.1' };
    expect((await admit('127.0.0.1', { ...claim, 'x-sheaf-front': 'token' }))['x-sheaf-client']).toBe(
      '198.51.100.1',
    );
    expect((await admit('127.0.0.1', { ...claim, 'x-sheaf-front': 'wrong' }))['x-sheaf-client']).toBe(
      '127.0.0.1',
    );
  });
});

it('counts IPv6 by its /64', async () => {
  const { limitSubject } = await import('./entry');
  expect(limitSubject('203.0.113.5')).toBe('203.0.113.5');
  expect(limitSubject('2001:db8:0:1:2:3:4:5')).toBe('2001:db8:0:1::/64');
  expect(limitSubject('2001:DB8::1')).toBe('2001:db8:0:0::/64');
  expect(limitSubject('::1')).toBe('0:0:0:0::/64');
});
