import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { expect, test } from './fixtures';
import { join, type Member } from './support/accounts';
import type { Answer, Api } from './support/api';
import { expectProblem } from './support/checks';

const V1 = '/api/v1';

// A promise of the API, written down a second time on purpose.
const contactShape = z.strictObject({
  id: z.uuid(),
  first_name: z.string(),
  last_name: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  birthday: z.iso.date().nullable(),
  info: z.string(),
  favorite: z.boolean(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
});
const pageShape = z.strictObject({ items: z.array(contactShape), next_cursor: z.string().nullable() });
const birthdaysShape = z.strictObject({
  items: z.array(contactShape.extend({ next_birthday: z.iso.date(), turns: z.number().int() })),
  next_cursor: z.null(),
});

function contactsOf(api: Api, { bearer }: Pick<Member, 'bearer'>) {
  const send = (method: string, path: string, json?: unknown): Promise<Answer> =>
    api.send(`${V1}/contacts${path}`, { method, headers: bearer, ...(json === undefined ? {} : { json }) });
  return {
    send,
    add: async (contact: Record<string, unknown>) => {
      const answer = await send('POST', '', contact);
      expect(answer.status, answer.text).toBe(201);
      return answer.json(contactShape);
    },
    find: async (query: string) =>
      (await send('GET', query)).json(pageShape).items.map((one) => one.first_name),
  };
}

test('keeps, lists, replaces, stars and deletes contacts', async ({ api, sheaf }) => {
  const contacts = contactsOf(api, await join(api, sheaf));
  const ada = await contacts.add({
    first_name: 'Ada',
    last_name: 'Lovelace',
    email: 'ADA@example.com',
    phone: '+442079460958',
    birthday: '1990-12-10',
    info: 'met in 1833',
  });
  expect(ada).toMatchObject({ email: 'ada@example.com', favorite: false });
  expect((await contacts.send('GET', `/${ada.id}`)).json(contactShape)).toEqual(ada);
  const put = await contacts.send('PUT', `/${ada.id}`, { first_name: 'Augusta', email: 'ada@example.com' });
  expect(put.json(contactShape)).toMatchObject({
    first_name: 'Augusta',
    last_name: '',
    phone: null,
    info: '',
  });
  const patched = await contacts.send('PATCH', `/${ada.id}`, { info: 'again' });
  expect(patched.json(contactShape)).toMatchObject({ first_name: 'Augusta', info: 'again' });
  const starred = await contacts.send('PATCH', `/${ada.id}/favorite`, { favorite: true });
  expect(starred.json(contactShape).favorite).toBe(true);
  expect((await contacts.add({ first_name: 'My dentist' })).favorite).toBe(true);
  for (const first_name of ['Bob', 'Cid']) await contacts.add({ first_name });
  const first = (await contacts.send('GET', '?limit=3')).json(pageShape);
  const second = (await contacts.send('GET', `?limit=3&cursor=${first.next_cursor}`)).json(pageShape);
  const names = [...first.items, ...second.items].map((one) => one.first_name);
  expect(names).toEqual(['Augusta', 'My dentist', 'Bob', 'Cid']);
  expect(await contacts.find('?favorite=false')).toEqual(['Bob', 'Cid']);
  expect((await contacts.send('DELETE', `/${ada.id}`)).status).toBe(204);
  expectProblem(await contacts.send('GET', `/${ada.id}`), 404, 'not_found');
});

test('rejects values beyond the limits, and accepts values at them', async ({ api, sheaf }) => {
  const contacts = contactsOf(api, await join(api, sheaf));
  const rejected: [string, Record<string, unknown>][] = [
    ['first_name', { first_name: '' }],
    ['first_name', { first_name: 'x'.repeat(51) }],
    ['first_name', { first_name: ['x'] }],
    ['last_name', { last_name: 'x'.repeat(51) }],
    ['email', { email: 'ada@' }],
    ['email', { email: 'аda@example.com' }],
    ['phone', { phone: '123456789' }],
    ['phone', { phone: '1234567890123456' }],
    ['birthday', { birthday: '1990-02-30' }],
    ['birthday', { birthday: '2999-01-01' }],
    ['info', { info: 'x'.repeat(501) }],
    ['favorite', { favorite: 'yes' }],
    ['owner', { owner: 'x' }],
  ];
  for (const [path, change] of rejected) {
    const problem = expectProblem(await contacts.send('POST', '', { first_name: 'A', ...change }), 422);
    expect(problem.errors?.map((error) => error.path)).toEqual([path]);
  }
  await contacts.add({ first_name: 'x'.repeat(50), last_name: 'y'.repeat(50), info: 'z'.repeat(500) });
  await contacts.add({ first_name: 'B', phone: '1234567890' });
  await contacts.add({ first_name: 'C', phone: '+123456789012345', birthday: '1992-02-29' });
  for (const query of ['?limit=0', '?limit=101', '?limit=-1', '?cursor=x', '?search=a&search=b', '?x=1']) {
    expectProblem(await contacts.send('GET', query), 422, 'validation_failed');
  }
  for (const query of ['?days=-1', '?days=367', '?days=x', '?tz=Mars/Base']) {
    expectProblem(await contacts.send('GET', `/birthdays${query}`), 422, 'validation_failed');
  }
  expect(
    (await contacts.send('GET', '/birthdays?days=366&tz=Asia/Tokyo')).json(birthdaysShape).items,
  ).toHaveLength(1);
});

test('shows contacts to their owner only', async ({ api, sheaf }) => {
  const [mine, theirs] = [contactsOf(api, await join(api, sheaf)), contactsOf(api, await join(api, sheaf))];
  const shared = { first_name: 'Ada', email: 'twin@example.com', phone: '1234567890' };
  const { id } = await mine.add(shared);
  await theirs.add(shared);
  expectProblem(await mine.send('POST', '', { first_name: 'B', email: shared.email }), 409, 'contact_taken');
  expectProblem(await mine.send('POST', '', { first_name: 'B', phone: shared.phone }), 409, 'contact_taken');
  for (const [method, path, json] of [
    ['GET', '', undefined],
    ['PUT', '', { first_name: 'X' }],
    ['PATCH', '', { first_name: 'X' }],
    ['PATCH', '/favorite', { favorite: true }],
    ['DELETE', '', undefined],
  ] as const) {
    expectProblem(await theirs.send(method, `/${id}${path}`, json), 404, 'not_found');
    expectProblem(await theirs.send(method, `/${randomUUID()}${path}`, json), 404, 'not_found');
  }
  expect(await mine.find('')).toEqual(['Ada']);
  for (const path of ['', '/birthdays', `/${id}`]) {
    expectProblem(await api.get(`${V1}/contacts${path}`), 401, 'unauthorized');
  }
});

test('searches names, email addresses and phone numbers literally, without repeated results', async ({
  api,
  sheaf,
}) => {
  const contacts = contactsOf(api, await join(api, sheaf));
  await contacts.add({
    first_name: 'Ann',
    last_name: 'Annson',
    email: 'ann@ann.example',
    phone: '4412345678',
  });
  await contacts.add({ first_name: '50%', last_name: 'under_score' });
  for (const [search, expected] of [
    ['ann', ['Ann']],
    ['NNSO', ['Ann']],
    ['@ann.', ['Ann']],
    ['1234', ['Ann']],
    ['%', ['50%']],
    ['_', ['50%']],
    ['\\', []],
    ['x'.repeat(10_000), []],
  ] as const) {
    expect(await contacts.find(`?search=${encodeURIComponent(search)}`), search.slice(0, 20)).toEqual(
      expected,
    );
  }
});
