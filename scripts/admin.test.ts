import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { invitedEmail } from '@/lib/accounts/invitations';
import { prisma } from '@/lib/core/prisma';
import { startEmbeddedPostgres } from '../server/postgres/embedded-postgres';
import { useTestDatabase } from '../test/test-env';
import { addUser } from '../test/test-people';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const TIMEOUT = 120_000;

interface Ended {
  code: number;
  out: string;
  err: string;
}

/** As documented in the README. */
const NPM = ['npm', 'run', '--silent', 'admin', '--'];
const USAGE = /^Use one of:\n( {2}npm run admin -- [^\n]+\n){3}$/;
/** What that runs: npm takes a third of the time. */
const PROGRAM = [process.execPath, 'scripts/run.mjs', 'admin'];

/** Runs the command with additional variables. */
function runAdmin(
  args: readonly string[],
  variables: Record<string, string>,
  [file = '', ...first]: readonly string[] = PROGRAM,
): Promise<Ended> {
  const env = { ...process.env, ...variables };
  return new Promise((resolve) => {
    execFile(file, [...first, ...args], { cwd: ROOT, env }, (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), out, err });
    });
  });
}

describe('npm run admin', () => {
  useTestDatabase();

  const variables = () => ({ DATABASE_URL: process.env.DATABASE_URL ?? '', NODE_ENV: 'production' });
  const admin = (...args: string[]) => runAdmin(args, variables());
  const roleOf = async (username: string) =>
    (await prisma().user.findUniqueOrThrow({ where: { username }, select: { role: true } })).role;

  it('creates the first admin, changes roles, and lists users with their roles', {
    timeout: TIMEOUT,
  }, async () => {
    const [ada, bob] = [await addUser({ username: 'ada-l' }), await addUser({ username: 'bob' })];
    expect(await runAdmin(['grant', 'ada-l', 'admin'], variables(), NPM)).toEqual({
      code: 0,
      out: 'ada-l was user and is admin now.\n',
      err: '',
    });
    expect(await roleOf('ada-l')).toBe('admin');
    expect(await admin('grant', 'Bob', 'moderator')).toMatchObject({ code: 0 });
    const { code, out } = await admin('list');
    expect(code).toBe(0);
    expect(out.split('\n').map((line) => line.split(/ +/).slice(0, 3))).toEqual([
      ['bob', 'moderator', bob.email],
      ['ada-l', 'admin', ada.email],
      [''],
    ]);
  });

  it('does not revoke the role of the last admin', { timeout: TIMEOUT }, async () => {
    const rejected = await runAdmin(['grant', 'ada-l', 'user'], variables(), NPM);
    expect(rejected).toEqual({
      code: 1,
      out: '',
      err: 'ada-l is the last admin. Make another user an admin first.\n',
    });
    expect(await roleOf('ada-l')).toBe('admin');
    expect(await admin('grant', 'bob', 'admin')).toMatchObject({ code: 0 });
    expect(await admin('grant', 'ada-l', 'user')).toMatchObject({ code: 0 });
    expect([await roleOf('ada-l'), await roleOf('bob')]).toEqual(['user', 'admin']);
  });

  it('prints an invitation', { timeout: TIMEOUT }, async () => {
    const { code, out } = await admin('invite', 'Cy@Example.com');
    expect(code).toBe(0);
    const [, invitation = ''] = /^http:\/\/localhost:3000\/register\?invitation=(\S+)$/m.exec(out) ?? [];
    expect(await invitedEmail(invitation)).toBe('cy@example.com');
  });

  it.each([
    [['grant', 'unknown-user', 'admin'], /^There is no user “unknown-user”.*\n$/],
    [['grant', "x' or 1=1", 'admin'], /^There is no user “x' or 1=1”.*\n$/],
    [['grant', 'bob', 'owner'], /^There is no role “owner”\. The roles are user, moderator, admin\.\n$/],
    [['invite', 'bob'], /^“bob” is not an email address\.\n$/],
    [['grant', 'bob'], USAGE],
    [['invite'], USAGE],
    [[], USAGE],
  ])('refuses %j with one sentence, or how it is used', { timeout: TIMEOUT }, async (args, sentence) => {
    const { code, out, err } = await admin(...args);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(sentence);
  });

  it('reports an unreachable database in one sentence', { timeout: TIMEOUT }, async () => {
    const { code, err } = await runAdmin(['list'], { DATABASE_URL: 'postgres://unknown@127.0.0.1:1/none' });
    expect(code).toBe(1);
    expect(err).toMatch(/^The database .*\n$/);
  });
});

describe('npm run admin with the embedded database', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sheaf-admin-'));
  });

  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('works whether or not the database is running', { timeout: TIMEOUT }, async () => {
    const variables = { DATA_DIR: folder, DATABASE_URL: '' };
    expect(await runAdmin(['list'], variables)).toMatchObject({
      code: 0,
      out: expect.stringContaining('There are no accounts yet.'),
    });
    const postgres = await startEmbeddedPostgres({ folder: join(folder, 'postgres') });
    try {
      const client = new pg.Client({ connectionString: postgres.url });
      await client.connect();
      await client.query(
        `insert into users (id, email, username, email_verified)
         values (gen_random_uuid(), 'ada@example.com', 'ada', now())`,
      );
      await client.end();
      expect(await runAdmin(['grant', 'ada', 'admin'], variables)).toMatchObject({ code: 0 });
    } finally {
      await postgres.stop();
    }
    const { code, out } = await runAdmin(['list'], variables);
    expect(code).toBe(0);
    expect(out).toMatch(/^ada +admin +ada@example\.com$/m);
  });
});
