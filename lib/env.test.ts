import { describe, expect, it } from 'vitest';
import { parseEnv } from './env';

const BASE = { DATABASE_URL: 'postgres://localhost/sheaf', AUTH_SECRET: 'x'.repeat(32) };

describe('parseEnv', () => {
  it('needs a database and a secret, and names what is wrong', () => {
    expect(() => parseEnv({})).toThrow(/DATABASE_URL[\s\S]*AUTH_SECRET/);
    expect(() => parseEnv({ ...BASE, PORT: '0', RATE_LIMIT_SCALE: '-1', APP_URL: 'ftp://x' })).toThrow(
      /APP_URL[\s\S]*RATE_LIMIT_SCALE[\s\S]*PORT/,
    );
  });

  it('takes an empty value for none, and cuts the slash off APP_URL', () => {
    const env = parseEnv({ ...BASE, PORT: '', CRON_SECRET: '', APP_URL: 'https://paste.example.org/' });
    expect(env).toMatchObject({ PORT: 3000, APP_URL: 'https://paste.example.org' });
    expect(env.CRON_SECRET).toBeUndefined();
  });

  it('refuses bodies on the disk of a serverless host', () => {
    expect(() => parseEnv({ ...BASE, VERCEL: '1' })).toThrow(/BLOB_READ_WRITE_TOKEN/);
    const mail = { RESEND_API_KEY: 're_key' };
    expect(parseEnv({ ...BASE, ...mail, VERCEL: '1', BLOB_READ_WRITE_TOKEN: 'token' }).VERCEL).toBe(true);
  });

  it('refuses mail that nobody could read on a serverless host', () => {
    expect(() => parseEnv({ ...BASE, VERCEL: '1', BLOB_READ_WRITE_TOKEN: 'token' })).toThrow(
      /RESEND_API_KEY/,
    );
  });

  it('refuses half of a limiter’s store', () => {
    expect(() => parseEnv({ ...BASE, UPSTASH_REDIS_REST_URL: 'https://limits.invalid' })).toThrow(
      /UPSTASH_REDIS_REST_TOKEN/,
    );
  });

  it('splits lists', () => {
    const env = parseEnv({ ...BASE, TRUSTED_PROXIES: '10.0.0.0/8, 192.0.2.7', CORS_ORIGINS: '' });
    expect(env.TRUSTED_PROXIES).toEqual(['10.0.0.0/8', '192.0.2.7']);
    expect(env.CORS_ORIGINS).toEqual([]);
  });
});
