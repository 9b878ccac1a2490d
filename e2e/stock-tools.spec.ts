import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from './fixtures';
import { Client } from './support/client';
import { runOnTerminal } from './support/terminal';

const DOCUMENT = new URL('../docs/secret-pastes-from-a-terminal.md', import.meta.url);
const PASSWORD = 'correct horse';
const FILES = { 'notes.md': Buffer.from('\ufeff# План\r\n'), 'plan.pdf': randomBytes(300_000) };
const NEW_PASSWORD = [
  ['Enter passphrase', PASSWORD],
  ['Confirm passphrase', PASSWORD],
] as const;

const test = base.extend<{ client: Client; folder: string }>({
  client: async ({ sheaf }, use) => {
    const client = await Client.download(sheaf.url);
    await use(client);
    await client.remove();
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures from it
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'sheaf-age-'));
    for (const [name, content] of Object.entries(FILES)) await writeFile(join(folder, name), content);
    await use(folder);
    await rm(folder, { recursive: true });
  },
});

test.beforeAll(() => {
  test.skip(!hasAge(), 'age is not installed: apt-get install age');
});

function hasAge(): boolean {
  try {
    execFileSync('age', ['--version']);
    return true;
  } catch {
    return false;
  }
}

/** The commands under a heading of the document, which end at the first error. */
async function commandsUnder(heading: string, { host = '', link = '' }): Promise<string> {
  const [, section = ''] = (await readFile(DOCUMENT, 'utf8')).split(`\n### ${heading}\n`);
  const [, commands = ''] = /```sh\n([\s\S]*?)```/.exec(section) ?? [];
  expect(commands).not.toBe('');
  const adapted = commands
    .replace("LINK='https://sheaf.example/SLUG#AGE-SECRET-KEY-1...'", `LINK='${link}'`)
    .replace('SHEAF=https://sheaf.example\n', `SHEAF=${host}\n`);
  expect(adapted).not.toContain('sheaf.example');
  return `set -euo pipefail\n${adapted}`;
}

async function run(cwd: string, commands: string, answers: readonly (readonly [string, string])[] = []) {
  await writeFile(join(cwd, 'commands.sh'), commands);
  const ended = await runOnTerminal('bash commands.sh', { cwd, answers });
  expect(ended.code, ended.shown).toBe(0);
  return ended.shown;
}

function linkIn(shown: string): string {
  return /http:\S+#AGE-SECRET-KEY-1\w{58}/.exec(shown)?.[0] ?? '';
}

/** A new folder below, where a recipe does not find the files of another. */
function elsewhere(folder: string): Promise<string> {
  return mkdtemp(join(folder, 'elsewhere-'));
}

async function expectFiles(folder: string, others: string[] = []): Promise<void> {
  expect((await readdir(folder)).sort()).toEqual([...others, ...Object.keys(FILES)].sort());
  for (const [name, content] of Object.entries(FILES)) {
    expect((await readFile(join(folder, name))).equals(content), name).toBe(true);
  }
}

test('the recipes create and open a secret paste', async ({ client, folder, sheaf }) => {
  const link = linkIn(await run(folder, await commandsUnder('Create', { host: sheaf.url })));
  await client.ask(['get', link, '--dir', 'opened']);
  await expectFiles(join(client.folder, 'opened'));
  const other = await elsewhere(folder);
  await run(other, await commandsUnder('Open', { link }));
  await expectFiles(join(other, 'opened'));
});

test('the recipes create and open one with a password', async ({ client, folder, sheaf }) => {
  const create = await commandsUnder('Create with a password', { host: sheaf.url });
  const link = linkIn(await run(folder, create, NEW_PASSWORD));
  await writeFile(join(client.folder, 'password'), PASSWORD);
  await client.ask(['get', link, '--dir', 'opened', '--password-file', 'password']);
  await expectFiles(join(client.folder, 'opened'));
  const other = await elsewhere(folder);
  await run(other, await commandsUnder('Open with a password', { link }), [['Enter passphrase', PASSWORD]]);
  await expectFiles(join(other, 'opened'));
});

test('the recipes open what the client made, once if it burns', async ({ client, folder }) => {
  const files = Object.keys(FILES).map((name) => join(folder, name));
  const link = (await client.ask(['--secret', ...files])).toString().trim();
  await run(folder, await commandsUnder('Open', { link }));
  await expectFiles(join(folder, 'opened'), ['.sheaf.json']);
  await writeFile(join(client.folder, 'password'), PASSWORD);
  const locked = (await client.ask(['--secret', '--password-file', 'password', ...files])).toString().trim();
  const second = await elsewhere(folder);
  const open = await commandsUnder('Open with a password', { link: locked });
  await run(second, open, [['Enter passphrase', PASSWORD]]);
  await expectFiles(join(second, 'opened'), ['.sheaf.json']);
  const burning = (await client.ask(['--secret', '--burn', '1', ...files])).toString().trim();
  const third = await elsewhere(folder);
  await run(third, await commandsUnder('Open one that burns after reading', { link: burning }));
  await expectFiles(join(third, 'opened'), ['.sheaf.json']);
  expect(await client.run(['get', burning, '--yes'])).toMatchObject({ code: 1 });
});

test('an archive with a name that leads elsewhere is not opened', async ({ client, folder, sheaf }) => {
  const create = await commandsUnder('Create', { host: sheaf.url });
  const hostile = create.replace('tar -cf - ', "tar -cf - --transform 's,^notes,../notes,' -P ");
  expect(hostile).not.toBe(create);
  const link = linkIn(await run(folder, hostile));
  const refused = await client.run(['get', link, '--dir', 'opened']);
  expect(refused).toMatchObject({ code: 4, stderr: expect.stringContaining('damaged') });
});
