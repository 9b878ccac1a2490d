import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { BrowserContext } from 'playwright/test';
import { expect } from './fixtures';
import { test as base, type Member } from './support/member';
import { findForm } from './support/plain-form';
import { query } from './support/storage';

const ROLES = ['anonymous', 'user', 'moderator', 'admin'] as const;

type Role = (typeof ROLES)[number];
type Cast = Record<Role, { context: BrowserContext; member: Member | null }>;

/**
 * The response of every page to an anonymous client, a user, a moderator and an admin who do not own its
 * content: a status, `login` for a redirect to the sign-in page, `me` for a redirect of a signed-in user.
 */
const PAGES = `
                                                    anon.  user  moder. admin
/                                                 | 200    200   200    200
/explore                                          | 200    200   200    200
/docs                                             | 200    200   200    200
/docs/api                                         | 200    200   200    200
/docs/api/[group]                                 | 200    200   200    200
/docs/accessibility                               | 200    200   200    200
/abuse                                            | 200    200   200    200
/outbox                                           | 200    200   200    200
/login                                            | 200    me    me     me
/register                                         | 200    me    me     me
/forgot-password                                  | 200    200   200    200
/verify-email                                     | 200    200   200    200
/reset-password                                   | 400    400   400    400
/me                                               | login  200   200    200
/me/delete                                        | login  200   200    200
/settings                                         | login  200   200    200
/settings/account                                 | login  200   200    200
/settings/account/delete                          | login  200   200    200
/settings/security                                | login  200   200    200
/settings/tokens                                  | login  200   200    200
/shared                                           | login  200   200    200
/contacts                                         | login  200   200    200
/contacts/new                                     | login  200   200    200
/contacts/import                                  | login  200   200    200
/contacts/import/[id]                             | login  404   404    404
/contacts/duplicates                              | login  200   200    200
/contacts/[id]                                    | login  404   404    404
/u/[username]                                     | 200    200   200    200
/admin                                            | login  404   404    200
/admin/reports                                    | login  404   200    200
/admin/reports/[id]                               | login  404   404    404
/admin/approvals                                  | login  404   200    200
/admin/blocked                                    | login  404   200    200
/admin/settings                                   | login  404   404    200
/admin/audit                                      | login  404   404    200
/admin/status                                     | login  404   404    200
/reports/[id]/appeal                              | login  404   404    404
/[slug]/report                    public          | 200    200   200    200
/[slug]/report                    private         | 404    404   404    200
/[slug]                           public          | 200    200   200    200
/[slug]                           private         | 404    404   404    200
/[slug]                           hidden          | 404    404   200    200
/[slug]/edit                      private         | 404    404   404    200
/[slug]/history                   public          | 404    404   404    404
/[slug]/history                   private         | 404    404   404    404
/[slug]/share                     public          | login  404   404    404
/[slug]/share                     private         | login  404   404    404
`;

/** The response of server actions to each of them, for the form on the page of a user who may submit it. */
const ACTIONS = `
                                                    anon.  user  moder. admin
change a role                                     | login  404   404    done
share another user’s paste                        | login  404   404    404
save a profile                                    | login  done  done   done
create a token                                    | login  done  done   done
create a contact                                  | login  done  done   done
update another user’s contact                     | login  404   404    404
import another user’s file                        | login  404   404    404
`;

/** The response of what the scripts of pages ask for, to the same clients. */
const ROUTES = `
                                                    anon.  user  moder. admin
GET /me/palette                                   | 200    200   200    200
GET /me/palette/search                            | 401    200   200    200
GET /[slug]/share/sheet                           | 401    404   404    404
GET /[slug]/share/people                          | 401    404   404    404
GET /[slug]/share/contacts                        | 401    404   404    404
POST /[slug]/share/people                         | 401    404   404    404
POST /[slug]/share/people/[id]                    | 401    404   404    404
POST /[slug]/share/people/[id]/revoke             | 401    404   404    404
`;

interface Row {
  name: string;
  expected: string[];
}

function readTable(table: string): Row[] {
  return table
    .split('\n')
    .filter((line) => line.includes('|'))
    .map((line) => {
      const [name = '', cells = ''] = line.split('|');
      return { name: name.trim().replace(/ +/, ' '), expected: cells.trim().split(/ +/) };
    });
}

interface Stage {
  cast: Cast;
  owner: Member;
  ownerContext: BrowserContext;
  slugs: Record<string, string>;
  contactId: string;
  importId: string;
}

const test = base.extend<{ stage: Stage }>({
  stage: async ({ browser, sheaf, newMember, createOwn }, use) => {
    const contexts: BrowserContext[] = [];
    const open = async () => {
      const context = await browser.newContext({ baseURL: sheaf.url });
      contexts.push(context);
      return context;
    };
    const enter = async (role: Role) => {
      const context = await open();
      return { context, member: role === 'anonymous' ? null : await newMember(context, { role }) };
    };
    const cast: Cast = {
      anonymous: await enter('anonymous'),
      user: await enter('user'),
      moderator: await enter('moderator'),
      admin: await enter('admin'),
    };
    const ownerContext = await open();
    const owner = await newMember(ownerContext);
    const slugs: Record<string, string> = {};
    for (const kind of ['public', 'private', 'hidden']) {
      const visibility = kind === 'private' ? 'private' : 'public';
      slugs[kind] = (await createOwn(owner, { content: `a ${kind} text`, visibility })).slug;
    }
    const hide = `update pastes set hidden_at = now(), hidden_reason = 'x' where slug = $1`;
    await query(sheaf.databaseUrl, hide, [slugs.hidden]);
    const [contact] = await query<{ id: string }>(
      sheaf.databaseUrl,
      `insert into contacts (id, owner_id, first_name, haystack, sort_name)
       values (gen_random_uuid(), $1, 'Ada', 'ada', 'ada') returning id`,
      [owner.id],
    );
    const [uploaded] = await query<{ id: string }>(
      sheaf.databaseUrl,
      `insert into contact_imports (id, owner_id, name, bytes, expires_at)
       values (gen_random_uuid(), $1, 'contacts.csv', 'First name\nGrace\n', now() + interval '1 hour')
       returning id`,
      [owner.id],
    );
    const ids = { contactId: contact?.id ?? '', importId: uploaded?.id ?? '' };
    await use({ cast, owner, ownerContext, slugs, ...ids });
    for (const context of contexts) await context.close();
  },
});

test('the table contains every page', () => {
  const app = fileURLToPath(new URL('../app', import.meta.url));
  const pages = readdirSync(app, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('page.tsx'))
    .map((file) => `/${file.replace(/\/?page\.tsx$/, '').replace(/\([\w-]+\)\//g, '')}`);
  const listed = readTable(PAGES).map(({ name }) => name.split(' ')[0] ?? '');
  expect([...new Set(listed)].sort()).toEqual([...new Set(pages)].sort());
});

test('every page responds to each role as in the table', async ({ stage }) => {
  const found: Row[] = [];
  for (const { name } of readTable(PAGES)) {
    const [pattern = '', kind = 'public'] = name.split(' ');
    const path = pattern
      .replace('[slug]', stage.slugs[kind] ?? '')
      .replace('[group]', 'pastes')
      .replace('[username]', stage.owner.username)
      .replace('[id]', pattern.includes('/import/') ? stage.importId : stage.contactId);
    const expected: string[] = [];
    for (const role of ROLES) {
      const answer = await stage.cast[role].context.request.get(path, { maxRedirects: 0 });
      expected.push(outcomeOf(answer.status(), answer.headers().location));
    }
    found.push({ name, expected });
  }
  expect(found).toEqual(readTable(PAGES));
});

test('the table contains every route for scripts', () => {
  const app = fileURLToPath(new URL('../app', import.meta.url));
  const routes = readdirSync(app, { recursive: true, encoding: 'utf8' })
    .filter((file) => /route\.tsx?$/.test(file))
    .flatMap((file) => {
      const source = readFileSync(`${app}/${file}`, 'utf8');
      if (!source.includes('answerJson(')) return [];
      const path = `/${file.replace(/\/?route\.tsx?$/, '').replace(/\([\w-]+\)\//g, '')}`;
      return [...source.matchAll(/export function ([A-Z]+)/g)].map(([, method]) => `${method} ${path}`);
    });
  expect(
    readTable(ROUTES)
      .map(({ name }) => name)
      .sort(),
  ).toEqual(routes.sort());
});

test('every route for scripts responds to each role as in the table', async ({ stage, sheaf }) => {
  const [share] = await query<{ id: string }>(
    sheaf.databaseUrl,
    `insert into shares (id, paste_id, email, role, created_at, link_hash)
     select gen_random_uuid(), id, 'ada@example.com', 'reader', now(), '' from pastes where slug = $1 returning id`,
    [stage.slugs.private],
  );
  const found: Row[] = [];
  for (const { name } of readTable(ROUTES)) {
    const [method = '', pattern = ''] = name.split(' ');
    const path = pattern.replace('[slug]', stage.slugs.private ?? '').replace('[id]', share?.id ?? '');
    const expected: string[] = [];
    for (const role of ROLES) {
      const form: Record<string, string> = { addresses: 'grace@example.com', role: 'editor' };
      const answer = await stage.cast[role].context.request.fetch(path, {
        method,
        headers: { origin: sheaf.url },
        maxRedirects: 0,
        ...(method === 'POST' ? { form } : {}),
      });
      expected.push(String(answer.status()));
      expect(answer.headers()['cache-control'], name).toBe('private, no-store');
      const body = (await answer.json()) as object;
      expect(Object.hasOwn(body, 'sentence'), name).toBe(!answer.ok());
    }
    found.push({ name, expected });
  }
  expect(found).toEqual(readTable(ROUTES));
  const rows =
    'select s.email, s.role::text from shares s join pastes p on p.id = s.paste_id where p.slug = $1';
  expect(await query(sheaf.databaseUrl, rows, [stage.slugs.private])).toEqual([
    { email: 'ada@example.com', role: 'reader' },
  ]);
});

test('a route for scripts changes nothing for the page of another site or a broken form', async ({
  stage,
  sheaf,
}) => {
  const { request } = stage.ownerContext;
  const people = `/${stage.slugs.private}/share/people`;
  const id = '00000000-0000-4000-8000-000000000000';
  const evil = { origin: 'https://evil.example' };
  const own = { origin: sheaf.url };
  const form = { addresses: 'grace@example.com', role: 'reader' };
  const typed = (type: string) => ({ ...own, 'content-type': type });
  const asked = [
    [403, await request.post(people, { form, headers: evil })],
    [403, await request.post(`${people}/${id}`, { form, headers: evil })],
    [403, await request.post(`${people}/${id}/revoke`, { headers: evil })],
    [405, await request.delete(`${people}/${id}`, { headers: own })],
    [400, await request.post(people, { data: '{}', headers: typed('application/json') })],
    [400, await request.post(people, { data: 'x', headers: typed('multipart/form-data; boundary=y') })],
    [422, await request.post(people, { form: { ...form, role: 'owner' }, headers: own })],
    [422, await request.post(people, { form: { role: 'reader' }, headers: own })],
    [404, await request.post(`${people}/${id}`, { form, headers: own })],
    [422, await request.post(`${people}/${id}`, { form: { role: 'owner' }, headers: own })],
    [404, await request.post(`${people}/not-an-id/revoke`, { headers: own })],
    [200, await request.get(`/${stage.slugs.private}/share/contacts?q=%00%ff&q=2`)],
    [200, await request.get('/me/palette/search?q=%00%ff&q=2')],
  ] as const;
  expect(asked.map(([, answer]) => answer.status())).toEqual(asked.map(([status]) => status));
  const count =
    'select count(*)::int as shares from shares s join pastes p on p.id = s.paste_id where p.slug = $1';
  expect(await query(sheaf.databaseUrl, count, [stage.slugs.private])).toEqual([{ shares: 0 }]);
});

test('every form responds to each role as in the table', async ({ stage, sheaf }) => {
  const { cast, owner, ownerContext, slugs, contactId, importId } = stage;
  const admin = cast.admin.context;
  const forms: Record<string, { of: BrowserContext; path: string; fields: Record<string, string> }> = {
    'change a role': { of: admin, path: `/admin?q=${owner.username}`, fields: { role: 'user' } },
    'share another user’s paste': {
      of: ownerContext,
      path: `/${slugs.private}/share`,
      fields: { addresses: 'unknown@example.com' },
    },
    'save a profile': { of: ownerContext, path: '/settings', fields: { name: 'Any Name', username: '' } },
    'create a token': {
      of: ownerContext,
      path: '/settings/tokens',
      fields: { name: 'A token', 'scope:account': 'on', lifetime: '1mo' },
    },
    'create a contact': { of: ownerContext, path: '/contacts/new', fields: { first_name: 'Grace' } },
    'update another user’s contact': {
      of: ownerContext,
      path: `/contacts/${contactId}`,
      fields: { first_name: 'Changed' },
    },
    'import another user’s file': {
      of: ownerContext,
      path: `/contacts/import/${importId}`,
      fields: { press: 'import' },
    },
  };
  const found: Row[] = [];
  for (const { name } of readTable(ACTIONS)) {
    const form = forms[name];
    if (!form) throw new Error(`No form to ${name}.`);
    const names = Object.keys(form.fields);
    const page = await form.of.request.get(form.path);
    const { fields } = findForm(await page.text(), names);
    const expected: string[] = [];
    for (const role of ROLES) {
      const { context, member } = cast[role];
      const multipart: Record<string, string> = { ...Object.fromEntries(fields), ...form.fields };
      if (name === 'save a profile') multipart.username = member?.username ?? 'unknown-user';
      const headers = { origin: sheaf.url };
      const answer = await context.request.post(form.path, { multipart, headers, maxRedirects: 0 });
      expected.push(outcomeOf(answer.status(), answer.headers().location, 'done'));
    }
    found.push({ name, expected });
  }
  expect(found).toEqual(readTable(ACTIONS));

  const [row] = await query<{ first_name: string; shares: number; names: number }>(
    sheaf.databaseUrl,
    `select c.first_name, (select count(*)::int from shares s join pastes p on p.id = s.paste_id
        where p.owner_id = $1) as shares,
      (select count(*)::int from users where id = $1 and name is null) as names
     from contacts c where c.id = $2`,
    [owner.id, contactId],
  );
  expect(row).toEqual({ first_name: 'Ada', shares: 0, names: 1 });
});

function outcomeOf(status: number, location: string | undefined, otherwise?: string): string {
  if (location?.includes('/login')) return 'login';
  if (status >= 300 && status < 400)
    return otherwise ?? (location?.endsWith('/me') ? 'me' : `to ${location}`);
  return otherwise !== undefined && status === 200 ? otherwise : String(status);
}
