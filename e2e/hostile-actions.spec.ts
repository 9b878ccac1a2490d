import type { BrowserContext } from 'playwright/test';
import { expect, test } from './fixtures';
import { newMember } from './support/member';
import { query } from './support/storage';

// What is bound to a server action travels through the browser, which may send anything instead. The forms are read
// as the server sends them.
test.use({ javaScriptEnabled: false });

interface ActionForm {
  page: string;
  /** By the names of the hidden fields. */
  fields: Record<string, string>;
  actionId: string;
  /** The name of the field with the bound arguments; null if there are none. */
  boundField: string | null;
}

const GARBAGE_ARGUMENTS = [
  'garbage',
  '',
  '[]',
  '{}',
  'null',
  '[null]',
  '[1]',
  '[{}]',
  '[["x"]]',
  '["\\u0000"]',
  '["\\ud800"]',
  '["../../etc"]',
  '["not-an-id"]',
  '["not-an-id", "not-an-id"]',
  '["not-an-id", 1e400]',
  '["not-an-id", "\\u0000"]',
  '["00000000-0000-0000-0000-000000000000\\u0000"]',
  '["$undefined", "$undefined"]',
  '["$@1", "$@1"]',
  '["$@99"]',
  '["$K1"]',
  '["$F1"]',
  '["$Q1", "$W1", "$i1", "$n12", "$D2020"]',
  '["$$x", "$Infinity", "$NaN"]',
  '["$1:__proto__:x"]',
  `[${'['.repeat(2_000)}${']'.repeat(2_000)}]`,
  JSON.stringify(['x'.repeat(100_000)]),
  JSON.stringify(Array.from({ length: 2_000 }, () => 'x')),
];

/** Every form with an action on the page, once for each action. */
async function actionForms(context: BrowserContext, page: string): Promise<ActionForm[]> {
  const tab = await context.newPage();
  await tab.goto(page);
  const found = await tab.evaluate(() =>
    [...document.forms].map((form) =>
      [...form.querySelectorAll<HTMLInputElement>('input[type=hidden]')].map(({ name, value }) => [
        name,
        value,
      ]),
    ),
  );
  await tab.close();
  return found.flatMap((pairs): ActionForm[] => {
    const fields = Object.fromEntries(pairs) as Record<string, string>;
    const plain = Object.keys(fields).find((name) => name.startsWith('$ACTION_ID_'));
    if (plain !== undefined) {
      return [{ page, fields, actionId: plain.slice('$ACTION_ID_'.length), boundField: null }];
    }
    const reference = Object.keys(fields).find((name) => /^\$ACTION_\d+:0$/.test(name));
    if (reference === undefined) return [];
    const { id } = JSON.parse(fields[reference] ?? '{}') as { id: string };
    const bound = reference.replace(/0$/, '1');
    return [{ page, fields, actionId: id, boundField: bound in fields ? bound : null }];
  });
}

async function allForms(context: BrowserContext, pages: readonly string[]): Promise<ActionForm[]> {
  const forms = new Map<string, ActionForm>();
  for (const page of pages) {
    for (const form of await actionForms(context, page)) {
      if (!forms.has(form.actionId)) forms.set(form.actionId, form);
    }
  }
  return [...forms.values()];
}

/** The preview of an uploaded address book. */
async function uploadedPage(databaseUrl: string, ownerId: string): Promise<string> {
  const [row] = await query<{ id: string }>(
    databaseUrl,
    `insert into contact_imports (id, owner_id, name, bytes, expires_at)
     values (gen_random_uuid(), $1::uuid, 'contacts.csv', 'First name\nGrace\n', now() + interval '1 hour')
     returning id`,
    [ownerId],
  );
  return `/contacts/import/${row?.id}`;
}

function multipart(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return form;
}

test('no server action answers 500 for any bound argument or body', async ({
  context,
  page,
  createPaste,
  sheaf,
}) => {
  test.setTimeout(600_000);
  const { id: memberId } = await newMember(sheaf, context, { role: 'admin' });
  await page.goto('/');
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const asMember = { cookie, origin: sheaf.url };
  const settings = await fetch(`${sheaf.url}/settings`, { headers: asMember, redirect: 'manual' });
  expect(settings.status).toBe(200);

  // A paste of the member with a history, created by the composer's action.
  const { slug: guestSlug } = await createPaste({ content: 'a guest wrote this' });
  const [composer] = (await actionForms(context, '/')).filter(({ fields }) => 'author' in fields);
  if (!composer) throw new Error('The composer has no form.');
  const made = await fetch(sheaf.url, {
    method: 'POST',
    redirect: 'manual',
    headers: asMember,
    body: multipart({
      ...composer.fields,
      'files.0.content': 'mine',
      'files.0.name': 'a.txt',
      visibility: 'unlisted',
      lifetime: '1d',
    }),
  });
  const slug = /\/([A-Za-z0-9-]+)\?saved/.exec(made.headers.get('location') ?? '')?.[1];
  expect(slug, `${made.status}`).toBeDefined();

  const pages = [
    '/',
    `/${slug}`,
    `/${slug}/edit`,
    `/${slug}/share`,
    `/${slug}/history`,
    `/${guestSlug}`,
    `/${guestSlug}/edit`,
    `/${guestSlug}/report`,
    '/contacts/new',
    '/contacts',
    '/contacts/import',
    await uploadedPage(sheaf.databaseUrl, memberId),
    '/settings',
    '/settings/security',
    '/settings/tokens',
    '/settings/account',
    '/settings/account/delete',
    '/me',
    '/admin',
    '/login',
    '/register',
    '/forgot-password',
  ];
  const forms = await allForms(context, pages);
  expect(forms.filter(({ boundField }) => boundField !== null).length).toBeGreaterThan(4);

  const faults: string[] = [];
  const note = async (what: string, answer: Response, { mustReject = false } = {}) => {
    await answer.arrayBuffer();
    if (answer.status >= 500 || (mustReject && answer.status < 400)) faults.push(`${answer.status} ${what}`);
  };
  for (const form of forms) {
    const url = `${sheaf.url}${form.page}`;
    const what = `${form.page} ${form.actionId.slice(0, 8)}`;
    const post = (body: BodyInit, headers: Record<string, string> = {}) =>
      fetch(url, { method: 'POST', body, headers: { ...asMember, ...headers }, redirect: 'manual' });
    if (form.boundField !== null) {
      for (const args of GARBAGE_ARGUMENTS) {
        const answer = await post(multipart({ ...form.fields, [form.boundField]: args }));
        await note(`${what} bound to ${args.slice(0, 40)}`, answer);
      }
    }
    const reference = Object.keys(form.fields).find((name) => name.endsWith(':0'));
    if (reference !== undefined) {
      for (const value of [
        'garbage',
        '{}',
        '{"id":"00","bound":"$@1"}',
        `{"id":"${form.actionId}","bound":"$@7"}`,
      ]) {
        const answer = await post(multipart({ ...form.fields, [reference]: value }));
        await note(`${what} reference ${value.slice(0, 40)}`, answer, { mustReject: true });
      }
    }
    for (const args of GARBAGE_ARGUMENTS) {
      const headers = { 'next-action': form.actionId, 'content-type': 'text/plain;charset=UTF-8' };
      await note(`${what} called with ${args.slice(0, 40)}`, await post(args, headers));
      if (args.length > 8) continue;
      const parts = multipart({ '0': args });
      await note(
        `${what} called in parts with ${args.slice(0, 40)}`,
        await post(parts, { 'next-action': form.actionId }),
      );
    }
    const headers = { 'next-action': form.actionId, 'content-type': 'multipart/form-data; boundary=x' };
    await note(`${what} with cut parts`, await post('--x\r\nContent-Disposition: form-data; na', headers), {
      mustReject: true,
    });
  }
  for (const id of ['garbage', '00', 'x'.repeat(5_000), '40'.repeat(21), '__proto__', 'constructor']) {
    for (const body of ['[]', 'garbage', multipart({ '0': '[]' })]) {
      const answer = await fetch(sheaf.url, {
        method: 'POST',
        body,
        headers: { ...asMember, 'next-action': id },
      });
      await note(`Next-Action: ${id.slice(0, 20)}`, answer, { mustReject: true });
    }
  }
  for (const type of [
    'multipart/form-data',
    'multipart/form-data; boundary=',
    'multipart/form-data; boundary=x',
  ]) {
    for (const body of [
      '',
      'garbage',
      '--x\r\n\r\n',
      '--x\r\nContent-Disposition: form-data; name="$ACTION_REF_1"\r\n\r\n\r\n--x--',
    ]) {
      const answer = await fetch(sheaf.url, {
        method: 'POST',
        body,
        headers: { ...asMember, 'content-type': type },
      });
      await note(`${type} ${body.slice(0, 20)}`, answer);
    }
  }
  expect(faults).toEqual([]);
  expect((await fetch(`${sheaf.url}/${slug}`, { headers: asMember })).status).toBe(200);
});

test('fields of forms with characters that the database does not take are no 500', async ({
  context,
  sheaf,
}) => {
  test.setTimeout(300_000);
  const { id: memberId } = await newMember(sheaf, context);
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const forms = await allForms(context, [
    '/',
    '/contacts/new',
    '/contacts',
    await uploadedPage(sheaf.databaseUrl, memberId),
    '/settings',
    '/settings/account',
    '/login',
    '/register',
    '/forgot-password',
    '/reset-password?token=x',
    '/verify-email?token=x',
  ]);
  const names = [
    'login',
    'password',
    'email',
    'username',
    'name',
    'first_name',
    'last_name',
    'phone',
    'birthday',
    'info',
    'read_at',
    'token',
    'back',
    'next',
    'title',
    'slug',
    'lifetime',
    'expires_at',
    'visibility',
    'files.0.name',
    'files.0.content',
    'files.0.language',
    'intent',
    'etag',
    'id',
    'addresses',
    'edit_key',
    'locale',
    'theme',
    'current_password',
    'new_password',
    'author',
    'press',
    'encoding',
    'dates',
    'c0',
  ];
  const faults: string[] = [];
  for (const form of forms) {
    for (const value of [
      '\u0000',
      'a\u0000b@example.com',
      '\u{10ffff}\ufffe',
      '-1',
      '1e999',
      "' or 1=1 --",
      'x'.repeat(20_000),
    ]) {
      const filled = { ...form.fields, ...Object.fromEntries(names.map((name) => [name, value])) };
      const answer = await fetch(`${sheaf.url}${form.page}`, {
        method: 'POST',
        body: multipart(filled),
        headers: { cookie, origin: sheaf.url },
        redirect: 'manual',
      });
      await answer.arrayBuffer();
      if (answer.status >= 500)
        faults.push(`${answer.status} ${form.page} ${form.actionId.slice(0, 8)} ${value.slice(0, 20)}`);
    }
    const files = new FormData();
    for (const [name, value] of Object.entries(form.fields)) files.append(name, value);
    for (const name of names) files.append(name, new Blob(['x']), 'x.bin');
    const answer = await fetch(`${sheaf.url}${form.page}`, {
      method: 'POST',
      body: files,
      headers: { cookie, origin: sheaf.url },
      redirect: 'manual',
    });
    if (answer.status >= 500) faults.push(`${answer.status} ${form.page} files`);
  }
  expect(faults).toEqual([]);
});
