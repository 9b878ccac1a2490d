import { beforeEach, describe, expect, it } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { addUser, holdMail, mailsTo } from '@/test/test-people';
import { ANONYMOUS, signedIn } from '../../test/callers';
import { startFamily } from '../accounts/tokens/pairs';
import type { UserRecord } from '../core/caller';
import { now, setClock } from '../core/clock';
import { prisma } from '../core/prisma';
import { createPaste } from '../pastes/create';
import { createPasteSchema } from '../pastes/schema';
import { api } from './app';

useTestDatabase();
holdMail();

const CONTACTS = '/api/v1/contacts';
const AT_ONCE = 20;
const MAX_OUTAGES = 20;

let ada: UserRecord;
let token = '';

interface Posting {
  key?: string;
  bearer?: string;
}

async function post(path: string, json: unknown, { key, bearer = token }: Posting = {}) {
  const headers = new Headers({ authorization: `Bearer ${bearer}`, 'content-type': 'application/json' });
  if (key !== undefined) headers.set('idempotency-key', key);
  const response = await api.request(path, { method: 'POST', headers, body: JSON.stringify(json) });
  const replayed = response.headers.get('idempotent-replayed');
  const location = response.headers.get('location');
  const text = await response.text();
  return { status: response.status, replayed, location, text, body: JSON.parse(text) };
}

/** Repeated while a slow machine has no connection for it in time. */
async function postUntilHeard(path: string, json: unknown, posting: Posting) {
  for (let outages = 0; ; outages += 1) {
    const answer = await post(path, json, posting);
    if (answer.body.code !== 'database_unavailable' || outages === MAX_OUTAGES) return answer;
  }
}

async function remove(path: string) {
  const headers = { authorization: `Bearer ${token}` };
  return (await api.request(path, { method: 'DELETE', headers })).status;
}

/** The path of the shares of a new paste. */
async function newShares(): Promise<string> {
  const input = createPasteSchema.parse({ content: 'x', visibility: 'private' });
  const { paste } = await createPaste(input, signedIn(ada));
  return `/api/v1/pastes/${paste.slug}/shares`;
}

// A user for each test: the limits are theirs.
beforeEach(async () => {
  ada = await addUser();
  token = (await startFamily(ada, ANONYMOUS)).access_token;
});

/** An operation that takes a key: what it is sent, and another body. */
const OPERATIONS = {
  'a contact': async () => ({
    path: CONTACTS,
    json: { first_name: 'Grace', last_name: 'Hopper' },
    other: { first_name: 'Grace' },
    itemOf: (id: string) => `${CONTACTS}/${id}`,
    count: () => prisma().contact.count({ where: { ownerId: ada.id } }),
  }),
  'a share': async () => {
    const path = await newShares();
    return {
      path,
      json: { email: 'grace@example.com', role: 'editor' },
      other: { email: 'grace@example.com', role: 'reader' },
      itemOf: (id: string) => `/api/v1/shares/${id}`,
      count: () => prisma().share.count({ where: { paste: { ownerId: ada.id } } }),
    };
  },
};

describe.each(Object.entries(OPERATIONS))('the key of a request that creates %s', (_name, prepare) => {
  it('creates one for a request sent twice, with the same response', async () => {
    const { path, json, other, count } = await prepare();
    const before = await count();
    const first = await post(path, json, { key: 'twice' });
    expect([first.status, first.replayed]).toEqual([201, null]);
    const second = await post(path, json, { key: 'twice' });
    expect(second).toEqual({ ...first, replayed: 'true' });
    // The order of the members is not the request.
    const turned = Object.fromEntries(Object.entries(json).reverse());
    expect(await post(path, turned, { key: 'twice' })).toEqual({ ...first, replayed: 'true' });
    expect(await count()).toBe(before + 1);
    const rejected = await post(path, other, { key: 'twice' });
    expect([rejected.status, rejected.body.code]).toEqual([422, 'validation_failed']);
    expect(rejected.body.errors).toEqual([
      {
        path: 'idempotency-key',
        message: 'This key was used for a different request in the last 24 hours.',
      },
    ]);
    expect(await count()).toBe(before + 1);
  });

  it(`creates one for ${AT_ONCE} requests at once`, async () => {
    const { path, json, count } = await prepare();
    const before = await count();
    const answers = await Promise.all(
      Array.from({ length: AT_ONCE }, () => postUntilHeard(path, json, { key: 'at-once' })),
    );
    expect(answers.map(({ status, text }) => (status === 201 ? status : text))).toEqual(
      Array(AT_ONCE).fill(201),
    );
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers.filter(({ replayed }) => replayed === null)).toHaveLength(1);
    expect(await count()).toBe(before + 1);
  });

  it('is forgotten with what it created, and after a day', async () => {
    const { path, json, itemOf } = await prepare();
    const first = await post(path, json, { key: 'gone' });
    expect(await remove(itemOf(first.body.id))).toBe(204);
    const second = await post(path, json, { key: 'gone' });
    expect([second.status, second.replayed]).toEqual([201, null]);
    expect(second.body.id).not.toBe(first.body.id);
    const later = new Date(now().getTime() + 86_400_001);
    const restore = setClock(() => later);
    try {
      token = (await startFamily(ada, ANONYMOUS)).access_token;
      expect((await post(path, json, { key: 'gone' })).replayed).toBeNull();
    } finally {
      restore();
    }
  });

  it.each(['', 'two words', 'x'.repeat(256)])('is rejected as %j', async (key) => {
    const { path, json, count } = await prepare();
    const before = await count();
    const rejected = await post(path, json, { key });
    expect([rejected.status, rejected.body.errors]).toEqual([
      422,
      [{ path: 'idempotency-key', message: 'Use 1 to 255 printable ASCII characters without spaces.' }],
    ]);
    expect(await count()).toBe(before);
  });
});

describe('the key of a request', () => {
  it('is each user’s own, and of one operation', async () => {
    const grace = await addUser();
    const bearer = (await startFamily(grace, ANONYMOUS)).access_token;
    const key = 'own';
    const json = { first_name: 'Ada' };
    const mine = await post(CONTACTS, json, { key });
    const theirs = await post(CONTACTS, json, { key, bearer });
    expect([mine.status, theirs.status, theirs.replayed]).toEqual([201, 201, null]);
    expect(theirs.body.id).not.toBe(mine.body.id);
    const shared = await post(await newShares(), { email: 'own@example.com' }, { key });
    expect([shared.status, shared.replayed]).toEqual([201, null]);
    const paste = await post('/api/v1/pastes', { content: 'x' }, { key });
    expect([paste.status, paste.replayed]).toEqual([201, null]);
  });

  it('belongs to one paste', async () => {
    const json = { email: 'one@example.com' };
    expect((await post(await newShares(), json, { key: 'one-paste' })).status).toBe(201);
    expect((await post(await newShares(), json, { key: 'one-paste' })).status).toBe(422);
  });

  it('is free again when the request fails', async () => {
    const json = { first_name: 'Taken', email: 'taken@example.com' };
    const { body } = await post(CONTACTS, json);
    const failed = await post(CONTACTS, json, { key: 'failing' });
    expect([failed.status, failed.body.code]).toEqual([409, 'contact_taken']);
    expect(await prisma().idempotentRequest.count({ where: { resultId: null } })).toBe(0);
    expect(await remove(`${CONTACTS}/${body.id}`)).toBe(204);
    expect((await post(CONTACTS, json, { key: 'failing' })).status).toBe(201);
  });

  it('is taken over from a request whose process ended', async () => {
    const json = { first_name: 'Abandoned' };
    const { body } = await post(CONTACTS, json, { key: 'abandoned' });
    expect(await remove(`${CONTACTS}/${body.id}`)).toBe(204);
    const createdAt = new Date(now().getTime() - 30_001);
    await prisma().idempotentRequest.updateMany({
      where: { resultId: body.id },
      data: { resultId: null, createdAt },
    });
    const next = await post(CONTACTS, json, { key: 'abandoned' });
    expect([next.status, next.replayed]).toEqual([201, null]);
  });

  it('sends one mail, and gives nothing of a paste that is deleted', async () => {
    const path = await newShares();
    const json = { email: 'mailed@example.com' };
    await post(path, json, { key: 'mail' });
    await post(path, json, { key: 'mail' });
    expect(await mailsTo('mailed@example.com')).toHaveLength(1);
    expect(await remove(path.replace('/shares', ''))).toBe(204);
    expect((await post(path, json, { key: 'mail' })).status).toBe(404);
  });
});
