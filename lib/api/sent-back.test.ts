import { beforeAll, describe, expect, it } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { addUser, holdMail } from '@/test/test-people';
import { ANONYMOUS, signedIn } from '../../test/callers';
import { startFamily } from '../accounts/tokens/pairs';
import { createContact } from '../contacts/service';
import { createPaste } from '../pastes/create';
import { createPasteSchema } from '../pastes/schema';
import { createShareSchema } from '../sharing/schema';
import { sharePaste } from '../sharing/service';
import { api } from './app';

useTestDatabase();
holdMail();

const V1 = '/api/v1';
const READ_ONLY = 'This field cannot be changed. Leave it out, or send its current value.';

let bearer = '';
const paths = { contact: '', me: '/users/me', share: '', account: '' };

async function send(method: string, path: string, json?: unknown) {
  const headers = { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' };
  const body = json === undefined ? {} : { body: JSON.stringify(json) };
  const response = await api.request(V1 + path, { method, headers, ...body });
  return { status: response.status, body: await response.json() };
}

/** Shares have no path of their own to be read. */
async function read(kind: keyof typeof paths, slug = '') {
  if (kind !== 'share') return (await send('GET', paths[kind])).body;
  return (await send('GET', `/pastes/${slug}/shares`)).body.items[0];
}

let slug = '';

beforeAll(async () => {
  const admin = await addUser({ role: 'admin' });
  bearer = (await startFamily(admin, ANONYMOUS)).access_token;
  const fields = { last_name: 'Lovelace', email: 'ada@example.com', birthday: '1815-12-10', info: 'a note' };
  paths.contact = `/contacts/${(await createContact(admin.id, { first_name: 'Ada', ...fields })).id}`;
  const input = createPasteSchema.parse({ content: 'x', visibility: 'private' });
  ({ slug } = (await createPaste(input, signedIn(admin))).paste);
  const invited = createShareSchema.parse({ email: 'reader@example.com', notify: false });
  const [share] = await sharePaste(slug, [invited], { caller: signedIn(admin) });
  paths.share = `/shares/${share?.id}`;
  paths.account = `/admin/users/${(await addUser()).id}`;
});

/** A change of one field, and what is read-only, with another value. */
const CASES = [
  {
    kind: 'contact',
    method: 'PUT',
    change: { info: 'another note' },
    readOnly: {
      id: '0192f0c1-ad5e-7f60-9b7c-4d5e6f7a8b9c',
      created_at: '2020-01-01T00:00:00.000Z',
      updated_at: '2020-01-01T00:00:00.000Z',
    },
  },
  {
    kind: 'contact',
    method: 'PATCH',
    change: { last_name: 'King' },
    readOnly: {
      id: '0192f0c1-ad5e-7f60-9b7c-4d5e6f7a8b9c',
      created_at: '2020-01-01T00:00:00.000Z',
      updated_at: '2020-01-01T00:00:00.000Z',
    },
  },
  {
    kind: 'me',
    method: 'PATCH',
    change: { name: 'Augusta' },
    readOnly: {
      uuid: '0192f0c1-ad5e-7f60-9b7c-4d5e6f7a8b9c',
      email: 'another@example.com',
      role: 'user',
      email_verified: false,
      profile_image_url: 'https://example.com/a.png',
      created_at: '2020-01-01T00:00:00.000Z',
    },
  },
  {
    kind: 'share',
    method: 'PATCH',
    change: { role: 'editor' },
    readOnly: {
      id: '0192f0c1-ad5e-7f60-9b7c-4d5e6f7a8b9c',
      email: 'another@example.com',
      contact_id: '0192f0c1-ad5e-7f60-9b7c-4d5e6f7a8b9c',
      created_at: '2020-01-01T00:00:00.000Z',
      opened_at: '2020-01-01T00:00:00.000Z',
    },
  },
  {
    kind: 'account',
    method: 'PATCH',
    change: { role: 'moderator' },
    readOnly: {
      uuid: '0192f0c1-ad5e-7f60-9b7c-4d5e6f7a8b9c',
      email: 'another@example.com',
      username: 'another',
      name: 'Another',
      email_verified: false,
      profile_image_url: 'https://example.com/a.png',
      created_at: '2020-01-01T00:00:00.000Z',
      banned_at: '2020-01-01T00:00:00.000Z',
      pastes: 99,
      sessions: 99,
    },
  },
] as const;

describe.each(CASES)('$method of a $kind that was read', ({ kind, method, change, readOnly }) => {
  it('changes what was changed', async () => {
    const got = await read(kind, slug);
    const unchanged = await send(method, paths[kind], got);
    expect(unchanged.status).toBe(200);
    const { updated_at: _, ...rest } = got;
    expect(unchanged.body).toMatchObject(rest);
    const changed = await send(method, paths[kind], { ...unchanged.body, ...change });
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({ ...rest, ...change });
    expect(await read(kind, slug)).toEqual(changed.body);
  });

  it.each(Object.entries(readOnly))('rejects another %s', async (name, value) => {
    const got = await read(kind, slug);
    expect(Object.keys(got)).toContain(name);
    const rejected = await send(method, paths[kind], { ...got, [name]: value });
    expect([rejected.status, rejected.body.errors]).toEqual([422, [{ path: name, message: READ_ONLY }]]);
    expect(await read(kind, slug)).toEqual(got);
  });

  it('rejects fields that are not its own', async () => {
    const got = await read(kind, slug);
    const rejected = await send(method, paths[kind], { ...got, unknown: 'x' });
    expect([rejected.status, rejected.body.errors]).toEqual([
      422,
      [{ path: 'unknown', message: 'Unknown field.' }],
    ]);
  });
});

it('needs a field that can be changed', async () => {
  const { id, updated_at } = await read('contact');
  const { uuid, role } = await read('me');
  for (const [path, json] of [
    [paths.contact, { id, updated_at }],
    [paths.me, { uuid, role }],
  ] as const) {
    const rejected = await send('PATCH', path, json);
    expect([rejected.status, rejected.body.errors]).toEqual([
      422,
      [{ path: '', message: 'Set at least one field to change.' }],
    ]);
  }
});

it('rejects read-only fields of a new contact', async () => {
  const contact = await read('contact');
  const rejected = await send('POST', '/contacts', { ...contact, email: null, phone: null });
  expect(rejected.body.errors.map(({ path }: { path: string }) => path)).toEqual([
    'id',
    'created_at',
    'updated_at',
  ]);
});
