import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BASE, S3 } from '@/test/variables';
import { findEnvFaults, parseEnv } from './env';

/** Read by compose.yaml only. */
const COMPOSE_ONLY = ['POSTGRES_PASSWORD', 'PUBLISH'];
/** Any text names a folder; whether it can be used is found by `findFolderFaults`. */
const FOLDERS = ['DATA_DIR', 'BLOB_DIR', 'MAIL_DIR'];

const GARBAGE: Record<string, string[]> = {
  ALLOW_EMBEDDED: ['garbage', '2', 'ja'],
  APP_URL: [
    'garbage',
    'paste.example.org',
    'http:paste.example.org',
    'ftp://paste.example.org',
    'https://',
    'https://paste.example.org/sheaf',
    'https://paste.example.org/?a=1',
    'https://paste.example.org?',
    'https://paste.example.org/#top',
    'https://user:password@paste.example.org',
    'https://paste.example.org:99999',
    'https://paste.example.org\\sheaf',
    'https://a b.example.org',
    'https://*.example.org',
    'https://paste..example.org',
    'https://a,b.example.org',
    'http://localhost:0',
    'https://paste.example.org\nhttps://other.example.org',
  ],
  AUTH_SECRET: ['short', 'x'.repeat(31)],
  AUTH_SECRET_PREVIOUS: ['short'],
  BLOB_READ_URL: ['garbage', 'file:///tmp', 'https://*.example.org', 'http://localhost:0'],
  BLOB_READ_WRITE_TOKEN: ['garbage', 'vercel_blob_rw_', 'vercel_blob_rw__secret', 'vercel_blob_rw_store_a b'],
  CORS_ORIGINS: [
    'garbage',
    '*',
    'app.example.org',
    'https://app.example.org/path',
    'https://*.example.org',
    'https://app.example.org?a=1',
    'https://user@app.example.org',
    'https://good.example.org, garbage',
    'https://app.example.org:0',
  ],
  CRON_SECRET: ['short', 'a secret with a\nline break', 'секрет, который длинный'],
  DATABASE_POOLED: ['garbage'],
  DATABASE_POOL_SIZE: ['garbage', '0', '201', '1.5', '-1', '1e2', '0x10'],
  DATABASE_URL: [
    'garbage',
    'mysql://localhost/sheaf',
    'postgres:sheaf',
    'postgresql://sheaf:p#ss@localhost/sheaf',
    'postgresql://sheaf:%zz@localhost/sheaf',
    'postgresql://localhost:0/sheaf',
  ],
  CONTACT_EMAIL: ['garbage', 'Sheaf <a@example.org>', 'a@localhost', 'a@b.org\nBcc: c@d.org'],
  DEFAULT_LIFETIME_ANONYMOUS: ['garbage', '3w', 'P', 'P0D', 'P200Y', '-P1D', '1W'],
  DEFAULT_LIFETIME_MEMBER: ['garbage', 'forever'],
  DIRECT_URL: [
    'garbage',
    'mysql://localhost/sheaf',
    'postgresql://sheaf:p#ss@localhost/sheaf',
    'postgresql://localhost:0/sheaf',
  ],
  HOST: ['not a host', '[::1]', '999.1.1.1', '127.0.0.1:3000', 'http://localhost', '-a'],
  LINK_SPAM_SCALE: ['garbage', '-1', '1e9'],
  LOG_LEVEL: ['garbage', 'loud'],
  FIRST_PASTE_APPROVAL: ['garbage', '2'],
  ACCENT: ['teal', '#fff', '0f6b5c', '#0f6b5cff', '#ffdd00', '#fbfaf7', 'rgb(0 0 0)'],
  INSTANCE_NAME: [
    'x'.repeat(41),
    'two\nlines',
    'Acme\u202egnp',
    'Ac\u200bme',
    'Acme\u2028Paste',
    '\u0007',
    '\ud800',
  ],
  IMPRINT_URL: ['garbage', 'javascript:alert(1)'],
  MAIL_FROM: [
    'garbage',
    'Sheaf',
    '@example.org',
    'Sheaf <sheaf>',
    'a@b\nBcc: c@d',
    'a@example.org, b@example.org',
    'a,b@example.org',
    'Sheaf, the <a@example.org>',
    'Sheaf: <a@example.org>',
    'Sheaf: a@example.org;',
    'Sheaf (pastes) <a@example.org>',
    '"Sheaf <a@example.org>',
    'Sheaf" <a@example.org>',
    '"Sheaf\\" <a@example.org>',
    'Sheaf <a@example.org> <b@example.org>',
    'Sheaf <a@example.org>, b@example.org',
    'Sheaf <a b@example.org>',
    'Sheaf < a@example.org>',
    'a@*.example.org',
    'a@-.example.org',
    'Two\nlines <a@example.org>',
  ],
  MAX_LIFETIME_ANONYMOUS: ['garbage', 'PT9M', 'P200Y'],
  MAX_LIFETIME_MEMBER: ['forever', 'PT1S'],
  MAX_PASTE_KB_ANONYMOUS: ['garbage', '0', '4097', '1.5'],
  MAX_PASTE_KB_MEMBER: ['0', '4 MiB'],
  MAX_PASTES_MEMBER: ['garbage', '0', '-1'],
  MAX_STORED_MB: ['0', '1e3'],
  MAX_STORED_MB_MEMBER: ['none', '100000001'],
  METRICS_TOKEN: ['short', 'a token with a\nline break'],
  MIN_FREE_DISK_MB: ['garbage', '-1', '0.5'],
  NOTICE: ['two\nlines', 'x'.repeat(301)],
  OTEL_EXPORTER_OTLP_ENDPOINT: [
    'garbage',
    'collector:4318',
    'https://user:password@otel.example.org',
    'http://localhost:0',
  ],
  OTEL_EXPORTER_OTLP_HEADERS: ['garbage', 'a=b, c', 'a=b\nc=d', 'a='],
  OTEL_EXPORTER_OTLP_PROTOCOL: ['grpc', 'http/protobuf'],
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: ['garbage', 'grpc://otel.example.org'],
  OTEL_SDK_DISABLED: ['garbage'],
  OTEL_SERVICE_NAME: ['two\nlines', 'x'.repeat(101)],
  OTEL_TRACES_SAMPLER: ['garbage', 'jaeger_remote'],
  OTEL_TRACES_SAMPLER_ARG: ['garbage', '-1', '1.1'],
  PORT: ['garbage', '0', '70000', '80a', '-1', '3000.5', '0x50', '1e3'],
  PRIVACY_URL: ['privacy.html'],
  PUBLIC_FEED: ['garbage'],
  RATE_LIMIT_SCALE: ['garbage', '0', '-1', 'Infinity', 'NaN', '1e9'],
  REGISTRATION_DOMAINS: [
    'garbage',
    'a@example.org',
    'example..org',
    'good.example.org, *.org',
    '10.0.0.1',
    'a_b.example.org',
  ],
  RESEND_API_KEY: ['re_key\nX-Header: 1', 'ключ'],
  S3_ACCESS_KEY_ID: ['a\nb'],
  S3_BUCKET: ['ab', 'Upper', 'under_score', 'a/b', '-a-', 'a..b', 'x'.repeat(64)],
  S3_ENDPOINT: [
    'garbage',
    'ftp://s3.example.org',
    'https://u:p@s3.example.org',
    'https://s3.example.org/?a=1',
    'https://*.example.org',
  ],
  S3_PREFIX: ['/', '/bodies', 'a//b', '../bodies', 'a/./b', 'a b', 'тексты', `${'x'.repeat(201)}/`],
  S3_REGION: ['eu central', 'eu/1', '-'],
  S3_SECRET_ACCESS_KEY: ['a\nb'],
  SERVICE_WORKER: ['garbage', '2'],
  SMTP_URL: [
    'garbage',
    'mail.example.org:587',
    'http://mail.example.org',
    'smtp://',
    'smtp:mail',
    'smtp://u:%zz@mail',
    'smtp://*.example.org',
    'smtp://mail:0',
  ],
  SWEEP_INTERVAL_SECONDS: ['garbage', '-1', '1.5', '86401'],
  DRAIN_SECONDS: ['garbage', '-1', '1.5', '601'],
  TERMS_URL: ['//example.org/terms'],
  TRUSTED_PROXIES: [
    'garbage',
    'nginx.local',
    '10.0.0.0/99',
    '10.0.0.0/',
    '10.0.0.0/8/9',
    '10.0.0/8',
    '10.0.0.0/-1',
    '::1/129',
    '[::1]',
    'fe80::1%eth0',
    '10.0.0.1, 10.0.0.2:80',
  ],
  UPSTASH_REDIS_REST_TOKEN: ['a\nb'],
  WHO_CAN_CREATE: ['garbage', 'Everyone', 'nobody'],
  WHO_CAN_READ: ['staff'],
  WHO_CAN_REGISTER: ['members'],
  UPSTASH_REDIS_REST_URL: ['garbage', 'redis://limits.example.org', 'https://'],
};

const GOOD: Record<string, string[]> = {
  ALLOW_EMBEDDED: ['1', 'true', 'TRUE', 'yes', 'on', '0', 'false', 'no', 'off'],
  APP_URL: [
    'https://paste.example.org',
    'https://paste.example.org/',
    'http://[::1]:3000',
    'HTTP://Localhost',
    'https://пример.рф',
    'http://192.0.2.7:8080',
  ],
  CORS_ORIGINS: ['https://app.example.org', 'https://a.example.org/, http://localhost:8080', 'app://sheaf'],
  DATABASE_URL: [
    'postgresql://sheaf:p%23ss@db.example.org:6432/sheaf?sslmode=require',
    'postgres:///sheaf?host=/var/run/postgresql',
    'postgresql://%2Fvar%2Frun%2Fpostgresql/sheaf',
  ],
  DIRECT_URL: ['postgresql://sheaf:p%23ss@db.example.org:5432/sheaf?sslmode=require'],
  CONTACT_EMAIL: ['abuse@example.org'],
  DEFAULT_LIFETIME_ANONYMOUS: ['10m', 'never', 'P10D', 'PT12H'],
  FIRST_PASTE_APPROVAL: ['true', 'off'],
  HOST: ['0.0.0.0', '::', '::1', 'localhost', 'sheaf.internal'],
  LINK_SPAM_SCALE: ['0', '0.5', '100'],
  MAIL_FROM: [
    'a@example.org',
    'Sheaf <sheaf@localhost>',
    '"Sheaf, the" <a@example.org>',
    'Связка <a@example.org>',
    '"Sheaf: pastes (test); \\"quoted\\"" <a@example.org>',
    '<a@example.org>',
    "Sheaf's pastes v1.2<o'hara+x@mail.example.org>",
    'sheaf@intranet',
    'mira@пример.рф',
  ],
  MAX_LIFETIME_ANONYMOUS: ['10m', 'PT10M', 'never', 'P3D'],
  MAX_PASTE_KB_ANONYMOUS: ['1', '4096'],
  MAX_STORED_MB: ['1', '100000000'],
  ACCENT: ['#7a3e9d', ' #0F6B5C ', '#000000'],
  INSTANCE_NAME: ['Acme', ' Записки отдела ', '📎'.repeat(40), 'مذكرات', '<b>&'],
  NOTICE: ['Texts are removed every Sunday. Тексты удаляются.'],
  REGISTRATION_DOMAINS: ['example.org, @Example.com', 'xn--e1afmkfd.xn--p1ai'],
  WHO_CAN_CREATE: ['everyone', 'members', 'staff', 'none'],
  OTEL_EXPORTER_OTLP_ENDPOINT: ['http://localhost:4318', 'https://otel.example.org/otlp/'],
  OTEL_EXPORTER_OTLP_HEADERS: ['x-key=abc', 'authorization=Basic%20YTpi, x-tenant=a=b'],
  OTEL_TRACES_SAMPLER_ARG: ['0', '0.25', '1'],
  PORT: ['1', '65535', ' 3000 '],
  RATE_LIMIT_SCALE: ['0.5', '100000', '1000000'],
  S3_BUCKET: ['abc', 'texts.example.org', 'x'.repeat(63)],
  S3_ENDPOINT: ['https://s3.example.org', 'http://minio:9000/', 'https://example.org/storage/v1/s3'],
  S3_PREFIX: ['bodies', 'sheaf/bodies/', 'a.b-c_d'],
  S3_REGION: ['auto', 'us-gov-west-1'],
  SERVICE_WORKER: ['1', 'off'],
  SMTP_URL: [
    'smtp://mail:1025',
    'smtp://[::1]:25',
    'smtp://почта.рф',
    'smtp://192.0.2.7',
    'smtps://user:p%40ss@mail.example.org:465',
  ],
  SWEEP_INTERVAL_SECONDS: ['0', '86400'],
  DRAIN_SECONDS: ['0', '600'],
  TRUSTED_PROXIES: ['10.0.0.0/8, 192.0.2.7', '::1 fd00::/8', '0.0.0.0/0', '::ffff:10.0.0.1'],
};

async function listDocumented(): Promise<string[]> {
  const text = await readFile(join(import.meta.dirname, '../../.env.example'), 'utf8');
  const names = [...text.matchAll(/^([A-Z\d_]+)=/gm)].map((match) => match[1] ?? '');
  return names.filter((name) => !COMPOSE_ONLY.includes(name));
}

describe('every variable of .env.example', () => {
  it('is in the table', async () => {
    const documented = (await listDocumented()).sort();
    expect(documented).toEqual([...Object.keys(GARBAGE), ...FOLDERS].sort());
  });

  it.each(Object.entries(GARBAGE).flatMap(([name, texts]) => texts.map((text) => [name, text] as const)))(
    '%s=%j is rejected in one sentence that names it',
    (name, text) => {
      const pair = { UPSTASH_REDIS_REST_URL: 'https://limits.invalid', UPSTASH_REDIS_REST_TOKEN: 'token' };
      const sets = { ...pair, ...(name.startsWith('S3_') ? S3 : {}) };
      const faults = findEnvFaults({ ...BASE, ...sets, [name]: text });
      expect(faults).toHaveLength(1);
      expect(faults[0]).toMatch(new RegExp(`^${name} must be [^\n]+\\.$`));
      expect(() => parseEnv({ ...BASE, ...sets, [name]: text })).toThrow(faults[0]);
    },
  );

  it.each(Object.entries(GOOD).flatMap(([name, texts]) => texts.map((text) => [name, text] as const)))(
    '%s=%j is taken',
    (name, text) => {
      const set = name.startsWith('S3_') ? S3 : {};
      expect(findEnvFaults({ ...BASE, ...set, [name]: text })).toEqual([]);
    },
  );

  it('are all reported at once', () => {
    const all = Object.fromEntries(Object.entries(GARBAGE).map(([name, texts]) => [name, texts[0] ?? '']));
    const named = findEnvFaults(all).map((fault) => fault.split(' ')[0]);
    // S3_BUCKET twice: there is a token of the other store as well.
    expect(named.sort()).toEqual([...Object.keys(GARBAGE), 'S3_BUCKET'].sort());
  });
});
