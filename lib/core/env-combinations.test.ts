import { describe, expect, it } from 'vitest';
import { BASE, S3, TOKEN } from '@/test/variables';
import { findEnvFaults, migrationUrl, parseEnv } from './env';

describe('parseEnv', () => {
  it('needs a database and a secret, and names what is missing', () => {
    expect(findEnvFaults({})).toEqual([
      'DATABASE_URL must be set to a postgresql:// address, with special characters in user name and password percent-encoded.',
      'AUTH_SECRET must be set to a secret of at least 32 characters.',
    ]);
  });

  it('shows a wrong value, and never a secret one', () => {
    expect(findEnvFaults({ ...BASE, PORT: 'abc' })).toEqual([
      'PORT must be a whole number from 1 to 65535, not "abc".',
    ]);
    const secrets = { AUTH_SECRET: 'opensesame', DATABASE_URL: 'mysql://u:opensesame@host/db' };
    const direct = { DIRECT_URL: 'mysql://opensesame' };
    const more = { SMTP_URL: 'smtp:opensesame', CRON_SECRET: 'opensesame', RESEND_API_KEY: 'opensesame\n.' };
    const s3 = { S3_ACCESS_KEY_ID: 'opensesame\n.', S3_SECRET_ACCESS_KEY: 'opensesame\n.' };
    expect(findEnvFaults({ ...secrets, ...direct, ...more, ...s3 }).join()).not.toContain('opensesame');
  });

  it('treats an empty value as absent, and reduces APP_URL to its origin', () => {
    const env = parseEnv({ ...BASE, PORT: '', CRON_SECRET: ' ', APP_URL: 'https://Paste.example.org:443/' });
    expect(env).toMatchObject({ PORT: 3000, APP_URL: 'https://paste.example.org' });
    expect(env.CRON_SECRET).toBeUndefined();
  });

  it('rejects bodies on the disk of a serverless host', () => {
    const mail = { RESEND_API_KEY: 're_key' };
    expect(findEnvFaults({ ...BASE, ...mail, VERCEL: '1' })).toEqual([
      expect.stringMatching(/^BLOB_READ_WRITE_TOKEN or S3_BUCKET must /),
    ]);
    expect(parseEnv({ ...BASE, ...mail, ...S3, VERCEL: '1' }).VERCEL).toBe(true);
    expect(parseEnv({ ...BASE, ...mail, VERCEL: '1', BLOB_READ_WRITE_TOKEN: TOKEN }).VERCEL).toBe(true);
  });

  it('rejects mail that is lost on a serverless host', () => {
    expect(findEnvFaults({ ...BASE, VERCEL: '1', BLOB_READ_WRITE_TOKEN: TOKEN })).toEqual([
      expect.stringMatching(/^RESEND_API_KEY or SMTP_URL must /),
    ]);
  });

  it('rejects a part of the configuration of S3, and S3 beside Vercel Blob', () => {
    for (const [name, value] of [...Object.entries(S3), ['S3_ENDPOINT', 'https://s3.example.org'] as const]) {
      expect(findEnvFaults({ ...BASE, [name]: value })).toEqual(
        Object.keys(S3)
          .filter((other) => other !== name)
          .map((other) => `${other} must be set together with ${name}.`),
      );
    }
    expect(findEnvFaults({ ...BASE, ...S3, BLOB_READ_WRITE_TOKEN: TOKEN })).toEqual([
      'S3_BUCKET cannot be set together with BLOB_READ_WRITE_TOKEN: bodies are in one store.',
    ]);
  });

  it('completes the prefix and the address of S3', () => {
    const set = { ...BASE, ...S3, S3_PREFIX: 'sheaf', S3_ENDPOINT: 'https://S3.example.org/' };
    expect(parseEnv(set)).toMatchObject({ S3_PREFIX: 'sheaf/', S3_ENDPOINT: 'https://s3.example.org' });
    expect(parseEnv({ ...BASE, ...S3 }).S3_PREFIX).toBe('bodies/');
  });

  it('rejects half of a limiter’s store', () => {
    expect(findEnvFaults({ ...BASE, UPSTASH_REDIS_REST_URL: 'https://limits.invalid' })).toEqual([
      'UPSTASH_REDIS_REST_TOKEN must be set together with UPSTASH_REDIS_REST_URL.',
    ]);
    expect(findEnvFaults({ ...BASE, UPSTASH_REDIS_REST_TOKEN: 'token' })).toEqual([
      'UPSTASH_REDIS_REST_URL must be set together with UPSTASH_REDIS_REST_TOKEN.',
    ]);
  });

  it('splits lists and reads flags', () => {
    const env = parseEnv({
      ...BASE,
      TRUSTED_PROXIES: '10.0.0.0/8, 192.0.2.7',
      CORS_ORIGINS: 'https://App.example.org/',
      ALLOW_EMBEDDED: 'true',
    });
    expect(env.TRUSTED_PROXIES).toEqual(['10.0.0.0/8', '192.0.2.7']);
    expect(env.CORS_ORIGINS).toEqual(['https://app.example.org']);
    expect(env.ALLOW_EMBEDDED).toBe(true);
    expect(parseEnv(BASE)).toMatchObject({ CORS_ORIGINS: [], TRUSTED_PROXIES: [], ALLOW_EMBEDDED: false });
  });
});

it('migrates past a pooler where DIRECT_URL is set', () => {
  const { DATABASE_URL } = BASE;
  const DIRECT_URL = 'postgres://localhost:5433/sheaf';
  expect(migrationUrl({ DATABASE_URL, DIRECT_URL })).toBe(DIRECT_URL);
  expect(migrationUrl({ DATABASE_URL, DIRECT_URL: '' })).toBe(DATABASE_URL);
  expect(migrationUrl({ DIRECT_URL })).toBeUndefined();
  expect(migrationUrl({})).toBeUndefined();
});
