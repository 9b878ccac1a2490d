import { expect } from './fixtures';
import { expectCommonHeaders } from './support/checks';
import { test } from './support/member';
import { findForm } from './support/plain-form';
import { query } from './support/storage';

test('the old paths of contacts redirect permanently, with their query', async ({ api }) => {
  for (const [path, location] of [
    ['/people', '/contacts'],
    ['/people?q=a%26b&cursor=x', '/contacts?q=a%26b&cursor=x'],
    ['/people/new', '/contacts/new'],
    ['/people/import', '/contacts/import'],
    ['/people/duplicates', '/contacts/duplicates'],
    ['/people/export.csv', '/contacts/export.csv'],
    ['/people/export.vcf', '/contacts/export.vcf'],
    ['/people/019aa2c4-7b5e-7c3e-9d1f-0123456789ab', '/contacts/019aa2c4-7b5e-7c3e-9d1f-0123456789ab'],
  ] as const) {
    const answer = await api.get(path);
    expect(answer.status, path).toBe(308);
    const { pathname, search } = new URL(answer.headers.get('location') ?? '', api.baseUrl);
    expect(pathname + search, path).toBe(location);
    expectCommonHeaders(answer);
  }
  expect((await api.get('/peoples')).status).toBe(404);
});

test('a form posted to an old path keeps its fields', async ({ context, newMember, sheaf }) => {
  const { id } = await newMember(context);
  const page = await context.request.get(`${sheaf.url}/contacts/new`);
  const { fields } = findForm(await page.text(), ['first_name', 'email']);
  const answer = await context.request.post(`${sheaf.url}/people/new`, {
    headers: { origin: sheaf.url },
    multipart: { ...Object.fromEntries(fields), first_name: 'Ada', email: 'ada@example.com' },
  });
  expect(new URL(answer.url()).pathname).toBe('/contacts');
  const contacts = await query(
    sheaf.databaseUrl,
    'select first_name, email from contacts where owner_id = $1::uuid',
    [id],
  );
  expect(contacts).toEqual([{ first_name: 'Ada', email: 'ada@example.com' }]);
});
