import { once } from 'node:events';
import { readdir, readFile, stat } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { ROOT } from '../../scripts/root';
import { expect, test } from '../fixtures';
import { findForm, postFound } from '../support/plain-form';
import { findWarnings, LOG, workFolder } from './build';
import { MAX_BODY_BYTES } from './request';
import { BUILD_VARIABLES } from './services';

// What is particular to this host. The contract and the browser tests of the other mounts run on it as well.

const WORK = workFolder(ROOT);
const PASTES = '/api/v1/pastes';

interface Instance {
  pid: number;
  state: string;
  uid: number;
}

/** The processes of the functions, as Linux sees them. */
async function listInstances(): Promise<Instance[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const read = (file: string) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
      const [command, status] = [await read('cmdline'), await read('status')];
      const state = /^State:\s+(\S)/m.exec(status)?.[1] ?? '';
      const uid = Number(/^Uid:\s+(\d+)/m.exec(status)?.[1]);
      return command.startsWith(`${WORK}/node\0`) ? [{ pid: Number(pid), state, uid }] : [];
    }),
  );
  return found.flat();
}

/** The addresses of the failed sign-ins so far, which are logged as hashes. */
async function listDenied(logFile: string): Promise<string[]> {
  const lines = (await readFile(logFile, 'utf8')).split('\n');
  return lines
    .filter((line) => line.includes('"sign_in_failed"'))
    .map((line) => (JSON.parse(line) as { address: string }).address);
}

test('builds without a warning', async () => {
  expect(findWarnings(await readFile(join(WORK, 'app', LOG), 'utf8'))).toEqual([]);
});

/** Files of the functions that are not of packages. */
async function listOwnFiles() {
  const entries = await readdir(join(WORK, 'functions'), { recursive: true, withFileTypes: true });
  const own = entries.filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'));
  expect(own.length).toBeGreaterThan(100);
  return own;
}

test('its functions have neither all of zod nor a module that waits for pg', async () => {
  for (const { parentPath, name } of (await listOwnFiles()).filter((file) => file.name.endsWith('.js'))) {
    const file = join(parentPath, name);
    const code = await readFile(file, 'latin1');
    // A message of zod in Dutch.
    expect(code.includes('Ongeldige invoer'), `${file} has the languages of zod`).toBe(false);
    expect(/await \w+\.y\("pg\b/.test(code), `${file} imports pg asynchronously`).toBe(false);
  }
});

test('keeps nothing of the variables of its build', async () => {
  const own = await listOwnFiles();
  for (const { parentPath, name } of own) {
    const content = await readFile(join(parentPath, name), 'latin1');
    for (const value of Object.values(BUILD_VARIABLES)) {
      expect(content.includes(value), `${join(parentPath, name)} has ${value}`).toBe(false);
    }
  }
});

test('has the files that functions read while they run', async ({ api, createPaste }) => {
  const client = await api.get('/sheaf.mjs');
  expect([client.status, client.text.startsWith('#!/usr/bin/env node')]).toEqual([200, true]);
  const { slug } = await createPaste({ content: 'x', title: 'Привет, Ελλάδα', visibility: 'public' });
  const preview = await api.get(`/${slug}/preview.png`);
  expect([preview.status, preview.headers.get('content-type')]).toEqual([200, 'image/png']);
});

test('its functions cannot change their code, and are frozen while they have nothing to do', async ({
  api,
}) => {
  test.skip(process.platform !== 'linux', 'processes are looked up in /proc');
  const folders = await readdir(join(WORK, 'functions'));
  for (const folder of folders) expect((await stat(join(WORK, 'functions', folder))).mode & 0o222).toBe(0);
  for (let time = 0; time < 3; time += 1) {
    for (const path of ['/', '/api/ready']) expect((await api.get(path)).status).toBe(200);
    await expect
      .poll(async () => new Set((await listInstances()).map(({ state }) => state)))
      .toEqual(new Set(['T']));
  }
  // Nothing would keep root from changing them.
  for (const { uid } of await listInstances()) expect(uid).not.toBe(0);
});

test('takes the longest text in each form that is within the limit of the host', async ({ api }) => {
  const most = 'x'.repeat(4 * 1024 * 1024);
  const form = new FormData();
  form.append('file', new File([most], 'a.txt'));
  for (const send of [
    () => api.post(PASTES, { content: most }),
    () => api.postText('', most),
    () => api.send(PASTES, { method: 'POST', body: form }),
  ]) {
    const made = await send();
    expect(made.status, made.text.slice(0, 300)).toBe(201);
    const slug = new URL(made.headers.get('location') ?? '').pathname;
    expect((await api.get(`${slug}/raw`)).bytes.length).toBe(most.length);
    expect((await api.get(slug)).status).toBe(200);
  }
});

test('takes no larger body than the host', async ({ api }) => {
  const refused = await fetch(`${api.baseUrl}${PASTES}`, {
    method: 'POST',
    body: 'x'.repeat(MAX_BODY_BYTES + 1),
  });
  expect([refused.status, refused.headers.get('x-vercel-error')]).toEqual([
    413,
    'FUNCTION_PAYLOAD_TOO_LARGE',
  ]);
});

test('tells functions the address of the client, behind the middleware too', async ({ api, sheaf }) => {
  test.skip(process.platform !== 'linux', 'other systems have one loopback address');
  const before = (await listDenied(sheaf.logFile)).length;
  const denied = async () => (await listDenied(sheaf.logFile)).slice(before);
  const login = { email: 'nobody@example.org', password: 'wrong, and long enough' };
  const forged = { 'x-forwarded-for': '198.51.100.7', 'x-real-ip': '198.51.100.7' };
  const refused = await api.send('/api/v1/auth/login', { method: 'POST', json: login, headers: forged });
  expect(refused.status).toBe(401);

  const page = `${sheaf.url}/login`;
  const form = findForm(await (await fetch(page)).text(), ['login', 'password']);
  await postFound(page, form, { fields: { login: login.email, password: login.password }, headers: forged });
  await expect.poll(async () => (await denied()).length).toBe(2);

  const elsewhere = request(`${sheaf.url}/api/v1/auth/login`, {
    method: 'POST',
    localAddress: '127.0.0.2',
    headers: { 'content-type': 'application/json' },
  }).end(JSON.stringify(login));
  const [response] = await once(elsewhere, 'response');
  response.resume();
  await expect.poll(async () => (await denied()).length).toBe(3);
  const [first, second, third] = await denied();
  expect(second).toBe(first);
  expect(third).not.toBe(first);
});

test('its functions print nothing that looks like a fault of their host', async ({ sheaf }) => {
  const printed = await readFile(sheaf.logFile, 'utf8');
  expect(printed).not.toMatch(/EROFS|EACCES|EPERM|ENOENT|Cannot find (?:module|package)|Warning:/);
});
