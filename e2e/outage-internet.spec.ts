import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from './fixtures';
import { Api } from './support/api';
import { makeFolder, startFront } from './support/mounts';

const REFUSE_OUTGOING = new URL('support/refuse-outgoing.mjs', import.meta.url);

const TITLES = ['Ѐ Ѝ ѐ ѝ ‛', '👩‍💻 日本語 مرحبا', 'plain'];
const MARKDOWN =
  '# Hi\n\n![picture](https://example.com/a.png)\n\n<img src="https://example.com/b.png">\n\n[link](https://example.com)\n';

test('no request to a third party, with every outgoing connection refused', async ({ browser, cleanup }) => {
  test.setTimeout(180_000);
  const dataFolder = await makeFolder(cleanup);
  const log = join(await makeFolder(cleanup), 'outgoing.log');
  const env = { NODE_OPTIONS: `--import=${REFUSE_OUTGOING.href}`, OUTGOING_LOG: log };
  const sheaf = await startFront({ dataFolder, env });
  cleanup.add(() => sheaf.stop());
  const api = new Api(sheaf.url);
  const slugs: string[] = [];
  for (const title of TITLES) {
    const files = [
      { name: 'a.md', content: MARKDOWN },
      { name: 'b.ts', content: 'const x: number = 1;\n' },
    ];
    slugs.push((await api.create({ title, visibility: 'public', files })).slug);
  }

  const context = await browser.newContext({ baseURL: sheaf.url });
  cleanup.add(() => context.close());
  const elsewhere: string[] = [];
  context.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (/^https?:$/.test(protocol) && origin !== sheaf.url) elsewhere.push(request.url());
  });
  const page = await context.newPage();
  const pages = ['/', '/explore', '/docs', '/docs/api', '/login', '/register', '/forgot-password', '/outbox'];
  for (const path of [...pages, ...slugs.flatMap((slug) => [`/${slug}`, `/${slug}/edit`])]) {
    const response = await page.goto(path);
    expect(response?.status(), path).toBe(200);
    await page.waitForLoadState('networkidle');
  }
  for (const slug of slugs) {
    const preview = await api.get(`/${slug}/preview.png`);
    expect(preview.status).toBe(200);
    expect(preview.bytes.subarray(1, 4).toString()).toBe('PNG');
    expect((await api.get(`/${slug}/download`)).status).toBe(200);
  }
  for (const path of ['/icon.svg', '/sitemap.xml', '/api/ready', '/api/v1/openapi.json']) {
    expect((await api.get(path)).status, path).toBe(200);
  }
  const email = 'unknown@mail.example';
  const password = 'a long enough passphrase 77';
  expect(
    (await api.post('/api/v1/auth/register', { email, username: 'unknown-user', password })).status,
  ).toBeLessThan(300);

  const lines = (await readFile(log, 'utf8')).trim().split('\n');
  const loaded = lines.filter((line) => line.startsWith('loaded '));
  for (const program of ['run.mjs', 'server.js', 'next']) {
    expect(
      loaded.some((line) => line.endsWith(program)),
      `${program} among ${loaded}`,
    ).toBe(true);
  }
  expect(lines.filter((line) => !line.startsWith('loaded '))).toEqual([]);
  expect(elsewhere).toEqual([]);
});

test('the preload of the test above refuses and reports connections', async ({ cleanup }) => {
  const { execFile } = await import('node:child_process');
  const { promisify } = await import('node:util');
  const log = join(await makeFolder(cleanup), 'outgoing.log');
  const script = `fetch('https://fonts.example/').catch(() => require('node:net').connect(80, '192.0.2.1').on('error', () => {}))`;
  await promisify(execFile)(process.execPath, ['--import', REFUSE_OUTGOING.href, '-e', script], {
    env: { ...process.env, OUTGOING_LOG: log },
    cwd: fileURLToPath(new URL('.', import.meta.url)),
  });
  const attempts = (await readFile(log, 'utf8')).split('\n').filter((line) => line.startsWith('attempt '));
  expect(attempts).toEqual(['attempt connect fonts.example', 'attempt connect 192.0.2.1']);
});
