import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join as joinPath } from 'node:path';
import { test as base, expect } from './fixtures';
import { join } from './support/accounts';
import { Client } from './support/client';

const MIB = 1024 * 1024;
/** A piece of each plane of Unicode, and what else is easily lost. */
const ODD_TEXT = `\ufeff${Array.from({ length: 17 }, (_, plane) => String.fromCodePoint(plane * 65_536 + 0xa1)).join('')}\r\ne\u0301\n\tend`;
const SECRET_LINK = /^(http:\/\/\S+\/[1-9A-HJ-NP-Za-km-z]{12})#(AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58})\n$/;
const PASSWORD = 'пароль 🔑';

const test = base.extend<{ client: Client }>({
  client: async ({ sheaf }, use) => {
    const client = await Client.download(sheaf.url);
    await use(client);
    await client.remove();
  },
});

test('every instance serves the client with its own address', async ({ api, sheaf }) => {
  const served = await api.get('/sheaf.mjs', { 'user-agent': 'curl/8.5.0' });
  expect(served.status).toBe(200);
  expect(served.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect(served.headers.get('cache-control')).toBe('public, max-age=300, must-revalidate');
  expect(served.headers.get('x-content-type-options')).toBe('nosniff');
  expect(served.text).toContain(`\nconst SHEAF_SERVED_BY = "${sheaf.url}";\n`);
  const packages = [...served.text.matchAll(/^import .* from "([^"]+)";$/gm)].map(([, name]) => name);
  expect(packages.filter((name) => !name?.startsWith('node:'))).toEqual([]);
  const etag = served.headers.get('etag') ?? '';
  const again = await api.get('/sheaf.mjs', { 'if-none-match': etag });
  expect([again.status, again.text]).toEqual([304, '']);
  expect((await api.send('/sheaf.mjs', { method: 'HEAD' })).status).toBe(200);
  expect((await api.send('/sheaf.mjs', { method: 'POST', body: 'x' })).status).toBe(405);
});

test('tells how it is used, and what its version is', async ({ client }) => {
  expect((await client.ask(['--help'])).toString()).toMatch(/^Usage: sheaf/);
  expect((await client.ask(['--version'])).toString()).toMatch(/^\d+\.\d+\.\d+\n$/);
  const wrong = await client.run(['--burn', 'x']);
  expect(wrong).toMatchObject({
    code: 2,
    stderr: '--burn is a whole number from 1 to 100; --help shows the options.\n',
  });
  expect(await client.run(['nothing.txt'])).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/no such file/),
  });
});

test('saves standard input and prints it again, byte for byte, until it is deleted', async ({
  api,
  client,
  sheaf,
}) => {
  const args = ['--name', 'план.md', '--title', 'Plan', '--language', 'markdown', '--expires', '1h'];
  const link = (await client.ask(args, { stdin: ODD_TEXT })).toString().trim();
  expect(link).toMatch(new RegExp(`^${sheaf.url}/[\\w-]+$`));
  const slug = new URL(link).pathname.slice(1);
  const stored = JSON.parse((await api.get(`/api/v1/pastes/${slug}`)).text);
  expect(stored).toMatchObject({ title: 'Plan', files: [{ name: 'план.md', language: 'markdown' }] });
  expect((await client.ask(['get', link])).toString()).toBe(ODD_TEXT);
  expect((await client.ask(['get', slug])).toString()).toBe(ODD_TEXT);
  const keys = joinPath(client.folder, '.local/state/sheaf/edit-keys', encodeURIComponent(sheaf.url));
  expect((await stat(joinPath(keys, slug))).mode & 0o777).toBe(0o600);
  const stranger = { HOME: '/nonexistent' };
  expect(await client.run(['delete', link], { env: stranger })).toMatchObject({ code: 2 });
  await writeFile(joinPath(client.folder, 'key'), 'wrong-key');
  expect(await client.run(['delete', link, '--edit-key-file', 'key'])).toMatchObject({ code: 1 });
  await client.ask(['delete', link]);
  expect(await readdir(keys)).toEqual([]);
  const gone = await client.run(['get', link]);
  expect(gone).toMatchObject({ code: 1, stderr: expect.stringMatching(/^Not found\..*\n$/) });
});

test('saves files, and writes them under safe names that are free', async ({ client }) => {
  const names = ['a.ts', '-rf', 'con', `${'n'.repeat(196)}.txt`, '.env'];
  await mkdir(joinPath(client.folder, 'sub'));
  for (const name of names) await writeFile(joinPath(client.folder, name), name);
  await writeFile(joinPath(client.folder, 'sub/a.ts'), 'another');
  const { url } = JSON.parse((await client.ask(['--json', '--', ...names, 'sub/a.ts'])).toString());
  const first = await client.run(['get', url]);
  expect([first.stdout.toString(), first.stderr]).toEqual([
    'a.ts',
    'This is the first of 6 files; --dir writes all.\n',
  ]);
  const written = (await client.ask(['get', url, '--dir', 'new/deep'])).toString().trim().split('\n');
  expect(written).toEqual(
    ['a.ts', 'file-2.txt', 'file-3.txt', names[3], 'file-5.env', 'file-6.ts'].map(
      (name) => `new/deep/${name}`,
    ),
  );
  const texts = await Promise.all(written.map((file) => readFile(joinPath(client.folder, file), 'utf8')));
  expect(texts).toEqual([...names, 'another']);
  await client.ask(['get', url, '--dir', 'new/deep']);
  expect(await readdir(joinPath(client.folder, 'new/deep'))).toHaveLength(12);
  await client.ask(['get', url, '--dir', 'new/deep', '--force']);
  expect(await readdir(joinPath(client.folder, 'new/deep'))).toHaveLength(12);
  await client.ask(['get', url, '-o', 'one']);
  expect(await client.run(['get', url, '-o', 'one'])).toMatchObject({
    code: 2,
    stderr: 'one exists; --force replaces it.\n',
  });
  await client.ask(['get', url, '-o', 'one', '--force']);
  const shown = JSON.parse((await client.ask(['get', url, '--json'])).toString());
  expect(shown.files.map(({ content }: { content: string }) => content)).toEqual([...names, 'another']);
});

test('saves no bytes that are not text, unless they are secret', async ({ client }) => {
  const bytes = randomBytes(5_000);
  const plain = await client.run([], { stdin: bytes });
  expect([plain.code, plain.stderr]).toEqual([2, expect.stringContaining('is not text in UTF-8')]);
  const link = (await client.ask(['--secret'], { stdin: bytes })).toString().trim();
  expect(await client.ask(['get', link])).toEqual(bytes);
  const shown = JSON.parse((await client.ask(['get', link, '--json'])).toString());
  expect(shown).toMatchObject({ secret: true, files: [{ content_base64: bytes.toString('base64') }] });
  expect(await client.run([], { stdin: '' })).toMatchObject({ code: 2 });
  expect(await client.run([], { stdin: 'x'.repeat(4 * MIB + 1) })).toMatchObject({ code: 2 });
});

test('acts for a member with a token, which the command line does not have', async ({
  api,
  client,
  sheaf,
}) => {
  const { token } = await join(api, sheaf);
  const env = { SHEAF_TOKEN: token.access_token };
  const slug = `cli-${randomBytes(4).toString('hex')}`;
  const args = ['--visibility', 'private', '--slug', slug];
  expect((await client.ask(args, { stdin: 'mine', env })).toString()).toBe(`${sheaf.url}/${slug}\n`);
  expect(await client.run(['get', slug])).toMatchObject({ code: 1 });
  await mkdir(joinPath(client.folder, '.config/sheaf'), { recursive: true });
  const config = { host: sheaf.url, token: token.access_token };
  await writeFile(joinPath(client.folder, '.config/sheaf/config.json'), JSON.stringify(config));
  expect((await client.ask(['get', slug])).toString()).toBe('mine');
  const secret = (
    await client.ask(['--secret', '--visibility', 'private', '--slug', `${slug}-s`], { stdin: 'mine' })
  ).toString();
  expect((await client.ask(['get', secret.trim()])).toString()).toBe('mine');
  await client.ask(['delete', secret.trim()]);
  await client.ask(['delete', slug]);
  expect(await client.run(['get', slug])).toMatchObject({ code: 1 });
});

for (const isSecret of [false, true]) {
  test(`asks before it reveals a ${isSecret ? 'secret ' : ''}paste that burns`, async ({ client }) => {
    const args = ['--burn', '1', ...(isSecret ? ['--secret'] : [])];
    const link = (await client.ask(args, { stdin: 'once' })).toString().trim();
    const unasked = await client.run(['get', link]);
    expect([unasked.code, unasked.stderr]).toEqual([2, expect.stringContaining('use --yes')]);
    await writeFile(joinPath(client.folder, 'taken'), '');
    expect(await client.run(['get', link, '--yes', '-o', 'taken'])).toMatchObject({ code: 2 });
    const declined = await client.type(`get '${link}'`, [['[y/N] ', '']]);
    expect([declined.code, declined.shown]).toEqual([130, expect.stringContaining('Nothing was revealed.')]);
    const revealed = await client.type(`get '${link}' > out`, [['[y/N] ', 'y']]);
    expect(revealed.code, revealed.shown).toBe(0);
    expect(await readFile(joinPath(client.folder, 'out'), 'utf8')).toBe('once');
    expect(await client.run(['get', link, '--yes'])).toMatchObject({ code: 1 });
  });
}

test('encrypts: the link has the key, and the server stores nothing of the text', async ({
  api,
  client,
  sheaf,
}) => {
  const names = ['notes.md', `${'я'.repeat(251)}.txt`];
  await writeFile(joinPath(client.folder, 'notes.md'), ODD_TEXT);
  const made = await client.ask(['--secret', '--title', 'Тайна', 'notes.md']);
  const [, page = '', key = ''] = SECRET_LINK.exec(made.toString()) ?? [];
  expect(page.startsWith(sheaf.url)).toBe(true);
  const stored = JSON.parse((await api.get(`/api/v1/pastes/${new URL(page).pathname.slice(1)}`)).text);
  expect(stored).toMatchObject({ title: '', files: [], encryption: { format: 'age-v1', lock_url: null } });
  const weeks = (Date.parse(stored.expires_at) - Date.parse(stored.created_at)) / (7 * 86_400_000);
  expect(weeks).toBeCloseTo(1, 3);
  const opened = JSON.parse((await client.ask(['get', `${page}#${key}`, '--json'])).toString());
  expect(opened).toMatchObject({ title: 'Тайна', files: [{ name: 'notes.md', content: ODD_TEXT }] });
  expect(opened.expires_at).toBe(stored.expires_at);
  const long = (await client.ask(['--secret', '--name', names[1] ?? ''], { stdin: 'x' })).toString().trim();
  const named = JSON.parse((await client.ask(['get', long, '--json'])).toString());
  expect(named.files[0].name).toBe(names[1]);
  await client.ask(['get', long, '--dir', 'opened']);
  expect(await readdir(joinPath(client.folder, 'opened'))).toEqual(['file-1.txt']);
  expect((await stat(joinPath(client.folder, 'opened/file-1.txt'))).mode & 0o777).toBe(0o600);
  const other = long.split('#')[1];
  for (const [hash, sentence] of [
    ['', /the link has no key/],
    [`#${key.slice(0, -1)}`, /has a mistake/],
    [`#${key.slice(0, -1)}${key.endsWith('Q') ? 'P' : 'Q'}`, /has a mistake/],
    [`#${other}`, /does not open this paste/],
  ] as const) {
    const refused = await client.run(['get', page + hash]);
    expect([refused.code, refused.stdout.length]).toEqual([4, 0]);
    expect(refused.stderr).toMatch(sentence);
  }
});

test('opens files of 1 byte to 4 MiB', async ({ client }) => {
  for (const size of [1, 511, 4_096, 65_536, 4 * MIB]) {
    const bytes = randomBytes(size);
    const link = (await client.ask(['--secret'], { stdin: bytes })).toString().trim();
    expect((await client.ask(['get', link])).equals(bytes), `${size}`).toBe(true);
  }
});

test('asks for a new password twice and for the right one three times, and shows none', async ({
  client,
}) => {
  test.setTimeout(300_000);
  await writeFile(joinPath(client.folder, 'notes.md'), 'locked');
  const unequal = await client.type('--secret --password notes.md', [
    ['Password: ', PASSWORD],
    ['again: ', 'other'],
  ]);
  expect([unequal.code, unequal.shown]).toEqual([2, expect.stringContaining('are not the same')]);
  const made = await client.type('--secret --password notes.md > link', [
    ['Password: ', PASSWORD],
    ['again: ', PASSWORD],
  ]);
  expect([made.code, made.shown]).toEqual([0, 'Password: \r\nThe same password again: \r\n']);
  const link = (await readFile(joinPath(client.folder, 'link'), 'utf8')).trim();
  const opened = await client.type(`get '${link}' > out`, [
    ['Password: ', 'wrong'],
    // The same password, composed otherwise.
    ['Password: ', PASSWORD.normalize('NFD')],
  ]);
  expect([opened.code, opened.shown]).toEqual([0, 'Password: \r\nThe password is wrong.\r\nPassword: \r\n']);
  expect(await readFile(joinPath(client.folder, 'out'), 'utf8')).toBe('locked');
  const wrong = await client.type(`get '${link}'`, Array(3).fill(['Password: ', 'wrong']));
  expect([wrong.code, wrong.shown]).toEqual([4, expect.stringContaining('The password is wrong.')]);
  const stopped = await client.type(`get '${link}'`, [['Password: ', 'x\u0003']]);
  expect(stopped.code).toBe(130);
  expect(await client.run(['get', link])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--password-file'),
  });
  await writeFile(joinPath(client.folder, 'password'), `${PASSWORD}\n`);
  expect((await client.ask(['get', link, '--password-file', 'password'])).toString()).toBe('locked');
  const burning = ['--secret', '--burn', '1', '--password-file', 'password'];
  const once = (await client.ask(burning, { stdin: 'once' })).toString().trim();
  await writeFile(joinPath(client.folder, 'wrong'), 'wrong');
  expect(await client.run(['get', once, '--yes', '--password-file', 'wrong'])).toMatchObject({ code: 4 });
  expect((await client.ask(['get', once, '--yes', '--password-file', 'password'])).toString()).toBe('once');
});

test('shows control characters on a terminal as symbols', async ({ client }) => {
  const link = (await client.ask([], { stdin: 'a\u001b[31mb\n' })).toString().trim();
  expect((await client.type(`get '${link}'`, [])).shown).toBe('a␛[31mb\r\n');
});
