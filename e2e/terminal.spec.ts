import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { expect, test } from './fixtures';
import { PastePage } from './pages/paste-page';
import { join } from './support/accounts';
import { expectProblem } from './support/checks';
import { signIn } from './support/member';

const run = promisify(execFile);

const CURL = { 'user-agent': 'curl/8.5.0', accept: '*/*' };
const BROWSER = { 'user-agent': 'Mozilla/5.0', accept: 'text/html' };

test('a link gives a terminal client the text of a private paste by cookie or token, and else 404', async ({
  api,
  sheaf,
  context,
}) => {
  const member = await join(api, sheaf);
  await signIn(sheaf, context, member);
  const slug = `notes-${randomBytes(4).toString('hex')}`;
  const made = await api.send('/api/v1/pastes', {
    method: 'POST',
    json: { content: 'private\r\n', visibility: 'private', slug },
    headers: member.bearer,
  });
  expect(made.status, made.text).toBe(201);
  for (const path of [`/${slug}`, `/${slug}.md`, `/${slug.toUpperCase()}`, `/${slug.toUpperCase()}.md`]) {
    const byCookie = await context.request.get(sheaf.url + path, { headers: CURL });
    expect([byCookie.status(), await byCookie.text()], path).toEqual([200, 'private\r\n']);
    const byToken = await api.sendRaw(path, { headers: { ...CURL, ...member.bearer } });
    expect([byToken.status, byToken.text], path).toEqual([200, 'private\r\n']);
    expect(byToken.headers.get('cache-control')).toBe('private, no-store');
    expect(byToken.headers.get('x-robots-tag')).toBe('noindex');
    expectProblem(await api.sendRaw(path, { headers: CURL }), 404, 'not_found');
    const head = await api.sendRaw(path, { method: 'HEAD', headers: { ...CURL, ...member.bearer } });
    expect([head.status, head.text], path).toEqual([200, '']);
    const page = await context.request.get(sheaf.url + path, { headers: BROWSER });
    expect([page.status(), page.url()]).toEqual([200, `${sheaf.url}/${slug}`]);
    expect(page.headers()['content-type']).toContain('text/html');
  }
  // Cookies authenticate no change: the stranger may not read the paste, so the name is free to them.
  const put = await context.request.put(`${sheaf.url}/${slug}`, { headers: CURL, data: 'x' });
  expect([put.status(), put.headers()['x-edit-key'] !== undefined]).toEqual([201, true]);
  const post = await context.request.post(`${sheaf.url}/`, { headers: CURL, data: 'x' });
  expect([post.status(), post.headers()['x-edit-key'] !== undefined]).toEqual([201, true]);
  expectProblem(await api.sendRaw(`/${slug}`, { method: 'PUT', headers: member.bearer }), 405);
});

test('an Idempotency-Key works at / and under a name', async ({ api, sheaf }) => {
  for (const [method, path] of [
    ['POST', '/'],
    ['PUT', '/a.txt'],
  ] as const) {
    const headers = { ...CURL, 'idempotency-key': randomBytes(8).toString('hex') };
    const send = (body: string) => api.sendRaw(path, { method, headers, body });
    const [first, second] = [await send('once'), await send('once')];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.text).toBe(first.text);
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect(second.headers.get('x-edit-key')).toBe(first.headers.get('x-edit-key'));
    expectProblem(await send('another text'), 422);
    expect(first.text).toMatch(new RegExp(`^${sheaf.url}/[1-9A-HJ-NP-Za-km-z]{12}\n$`));
  }
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the form of the composer says that a browser posts it, and reaches the page', async ({ page }) => {
    await page.goto('/');
    const posted = page.waitForRequest((request) => request.method() === 'POST');
    await page.locator('textarea').first().fill('typed');
    await page.getByRole('button', { name: 'Create link' }).click();
    const headers = await (await posted).allHeaders();
    expect(headers.origin ?? headers['sec-fetch-site']).toBeTruthy();
    await expect(page).toHaveURL(/\?saved/);
  });
});

test('the composer and a paste show a command for a terminal, which works', async ({
  context,
  createPaste,
  page,
  sheaf,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  const lead = page.getByText('Or in a terminal:');

  await page.goto('/');
  await page.getByRole('main').getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Copied' })).toHaveCount(1);
  const { stdout: link } = await run('sh', ['-c', await copied()]);
  expect(link).toContain(`${sheaf.url}/`);

  await page.goto(link.trim().split('\n')[0] ?? '');
  await new PastePage(page).openMore();
  await page.getByRole('button', { name: 'Copy the curl command' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Copied' })).toHaveCount(1);
  expect((await run('sh', ['-c', await copied()])).stdout).toBe('hello\n');

  const { slug } = await createPaste({ content: 'once', burn_after: 2 });
  await page.goto(`/${slug}`);
  await page.getByRole('button', { name: 'Reveal' }).click();
  await expect(new PastePage(page).text()).toHaveText('once');
  await expect(page.getByText('Copy the curl command')).toHaveCount(0);

  await page.goto('/');
  await page.getByRole('button', { name: 'Hide', exact: true }).click();
  await expect(lead).toBeHidden();
  await page.reload();
  await expect(lead).toBeHidden();
});
