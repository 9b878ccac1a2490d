import { describe, expect, it } from 'vitest';
import { allFound } from '@/test/all-found';
import { PLANTED, RANDOM } from '@/test/planted-credentials';
import { findCredentials } from './find-credentials';
import { MASK, maskCredentials } from './mask-credentials';
import { CREDENTIAL_KINDS, TOKEN_RULES } from './token-rules';

const SIZE = 64 * 1024;

const find = (text: string, limit?: number) => allFound(findCredentials(text, { limit }));
const kindsOf = (text: string) => find(text).map(({ kind }) => kind);
const partsOf = (text: string) => find(text).map(({ from, to }) => text.slice(from, to));

describe('credentials', () => {
  it('are planted in more than thirty places, of every kind', () => {
    expect(PLANTED.length).toBeGreaterThanOrEqual(30);
    expect(new Set(PLANTED.map(({ kind }) => kind))).toEqual(new Set(CREDENTIAL_KINDS));
  });

  it.each(PLANTED)('are found: $name', ({ kind, text, secret }) => {
    expect(kindsOf(text)).toEqual([kind]);
    expect(partsOf(text)).toEqual([secret]);
  });

  it.each(PLANTED)('are masked, and nothing else: $name', async ({ text, secret }) => {
    const masked = text.replace(secret, MASK);
    expect(await maskCredentials([text])).toEqual([masked]);
    expect(find(masked)).toEqual([]);
  });

  it('are found among others in one text, each with its line', async () => {
    const separators = ['\n', '\r\n', '\r'];
    const text = PLANTED.map((one, index) => one.text + separators[index % 3]).join('');
    const found = find(text);
    expect(found.map(({ kind }) => kind)).toEqual(PLANTED.map(({ kind }) => kind));
    for (const { from, line } of found) {
      expect(text.slice(0, from).split(/\r\n?|\n/)).toHaveLength(line);
    }
    const masked = PLANTED.reduce((whole, { secret }) => whole.replace(secret, MASK), text);
    expect(await maskCredentials([text])).toEqual([masked]);
  });

  it('are not masked if they were published before', async () => {
    const [one = '', other = ''] = [1, 2].map((at) => `PASSWORD=${RANDOM.slice(at * 9, at * 9 + 9)}\n`);
    expect(await maskCredentials([one + other, one], [`x\n${one}`])).toEqual([
      `${one}PASSWORD=${MASK}\n`,
      one,
    ]);
  });

  it('are found no more than asked for', () => {
    const text = `PASSWORD=${RANDOM.slice(0, 12)}\nurl = https://me:${RANDOM.slice(5, 15)}@host/\n`.repeat(
      50,
    );
    expect(find(text)).toHaveLength(100);
    expect(find(text, 7)).toHaveLength(7);
    expect(find(text, 7)).toEqual(find(text).slice(0, 7));
  });
});

describe('what is no credential', () => {
  it.each([
    'PASSWORD=changeme',
    'PASSWORD=',
    'PASSWORD=""',
    'password: xxxxxxxxxxxx',
    'API_KEY=your-token-here-1234',
    'api_key = "YOUR_API_KEY_2"',
    `DB_PASSWORD=${'$'}{DB_PASSWORD}`,
    'PASSWORD=$1',
    'PASSWORD=$(cat /run/secrets/db1)',
    'password: <password1>',
    'password = "example-Passw0rd"',
    'const token = process.env.TOKEN_V2;',
    'token = os.environ["API_TOKEN_2"]',
    'secret: getSecret("production-1"),',
    'const password = generatePassword(16);',
    'password: "{{ vault_db_password_2 }}"',
    'password: !Ref DatabasePassword1',
    'SECRET_KEY = config("SECRET_KEY_1")',
    'POSTGRES_PASSWORD: postgres',
    'POSTGRES_PASSWORD=postgres',
    'password: string;',
    'password: z.string().min(10)',
    '"password": "Password"',
    '"password": "Mot de passe oublié ?"',
    'password: "Пароль"',
    '"pass": "1つのロール値のみ使用されています"',
    '<label for="password1">Password</label>',
    '<input type="password" name="password2" autocomplete="new-password">',
    "if (type === 'password1') return;",
    "case 'token': return 'access-token-v2';",
    'tokenType: "bearer2"',
    'password_hash = "$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW"',
    'token = "550e8400-e29b-41d4-a716-446655440000"',
    'commit 9c1185a5c5e9fc54612808977ee8f548b2258d31',
    'index 0a1b2c3..9c1185a5c5e9fc54612808977ee8f548b2258d31 100644',
    '"integrity": "sha512-9c1185a5c5e9fc54612808977ee8f548b2258d31abcdEFGHijkl0123456789ABCDEFGH=="',
    'background: url(data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk)',
    'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl me@host',
    '-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEVs/o5+uQbTjL3chynL4wXgUg2R9\n-----END PUBLIC KEY-----',
    "if (text.startsWith('-----BEGIN PRIVATE KEY-----')) {}",
    '-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----',
    'If it begins with `-----BEGIN PRIVATE KEY-----`, convert it. Checksum: e3b0c44298fc1c149afbf4c8996fb92427ae41e4',
    'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p',
    `AKIA${'IOSFODNN7'}EXAMPLE`,
    'ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
    'https://user:password@host/',
    'https://user:pass@host/',
    'postgres://postgres:postgres@localhost:5432/app',
    `https://x-access-token:${'$'}{TOKEN}@github.com/a/b`,
    'mongodb://user:<password1>@host',
    'http://localhost:3000/@scope/name',
    'https://example.com:8443/path@2',
    'git@github.com:owner/name.git',
    'Authorization: Bearer $TOKEN',
    'Authorization: Bearer <token>',
    'Bearer authentication is described below',
    'Basic authentication',
    'see https://hooks.slack.com/services/ for more',
    'sk-learn and sk-image',
    'PASSED=true\nPASS=12',
    'compass = "north1"',
    'primary key, token bucket, secret sharing 101',
  ])('stays quiet: %s', (text) => {
    expect(partsOf(text)).toEqual([]);
  });
});

describe('work', () => {
  it('is bounded at each start of a token', () => {
    for (const { start, rest } of TOKEN_RULES) {
      expect(start, start).not.toMatch(/[*+{]/);
      expect(rest.replace(/\[[^\]]*\]|\\./g, 'x'), rest).not.toMatch(/[*+]|\{\d+,\}|[*+?}]\)[*+{]/);
    }
  });

  it.each([
    ['names', 'password='],
    ['names in quotes', 'secret="'],
    ['names that only begin', 'password'],
    ['beginnings of tokens', ' ghp_ AKIA eyJ xoxb-'],
    ['beginnings of keys', '-----BEGIN PRIVATE KEY-----'],
    ['beginnings of keys with a line', `-----BEGIN PRIVATE KEY-----${'A'.repeat(40)}\n`],
    ['schemes', 'a://a:'],
    ['signatures without an end', ` eyJ${'a'.repeat(3_000)}`],
    ['credentials', `password: "${RANDOM.slice(0, 10)}"\n`],
  ])('grows with the length of %s, and no faster', (_what, unit) => {
    const half = countPatterns(unit.repeat(Math.ceil(SIZE / unit.length)));
    const whole = countPatterns(unit.repeat(Math.ceil((2 * SIZE) / unit.length)));
    expect(whole).toBeLessThan(half * 2.1 + 10);
  });
});

/** How often a pattern is tried; each looks at a bounded part of the text, or goes on where the last one ended. */
function countPatterns(text: string): number {
  let count = 0;
  const { exec } = RegExp.prototype;
  RegExp.prototype.exec = function counted(...given) {
    count += 1;
    return exec.apply(this, given);
  };
  try {
    find(text);
  } finally {
    RegExp.prototype.exec = exec;
  }
  return count;
}
