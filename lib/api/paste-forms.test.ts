import { describe, expect, it } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { addSignedInBrowser } from '@/test/test-people';
import { ANONYMOUS, signedIn } from '../../test/callers';
import type { Caller } from '../core/caller';
import { now } from '../core/clock';
import { pool } from '../core/db';
import { createPaste } from '../pastes/create';
import { etagOf } from '../pastes/dto';
import { findPaste } from '../pastes/queries';
import { createPasteSchema } from '../pastes/schema';
import { api } from './app';

useTestDatabase();

const SITE = 'http://localhost:3000';
const HTML = 'text/html,application/xhtml+xml,*/*;q=0.8';

interface Posting {
  fields?: Record<string, string>;
  headers?: Record<string, string>;
}

async function post(path: string, { fields = {}, headers = {} }: Posting) {
  const response = await api.request(SITE + path, {
    method: 'POST',
    body: new URLSearchParams(fields).toString(),
    headers: {
      host: 'localhost:3000',
      origin: SITE,
      accept: 'text/plain',
      'content-type': 'application/x-www-form-urlencoded',
      ...headers,
    },
  });
  return {
    status: response.status,
    to: response.headers.get('location'),
    cookies: response.headers.getSetCookie(),
    text: await response.text(),
  };
}

async function add(caller: Caller, input: object = {}) {
  const { paste, editKey } = await createPaste(createPasteSchema.parse({ content: 'x', ...input }), caller);
  return { slug: paste.slug, etag: etagOf(paste), editKey };
}

const shown = (slug: string) => findPaste(slug, now());

describe('a form of the page of a paste', () => {
  it('deletes the paste of a member, by script and without one', async () => {
    const { user, cookie } = await addSignedInBrowser();
    const [one, two] = [await add(signedIn(user)), await add(signedIn(user))];
    expect(await post(`/${one.slug}/forms/delete`, { headers: { cookie } })).toMatchObject({
      status: 200,
      text: '/me?deleted=1',
    });
    expect(await post(`/${two.slug}/forms/delete`, { headers: { cookie, accept: HTML } })).toMatchObject({
      status: 303,
      to: '/me?deleted=1',
    });
    expect([await shown(one.slug), await shown(two.slug)]).toEqual([null, null]);
  });

  it('deletes the paste whose edit key the browser holds, and forgets that key', async () => {
    const [one, kept] = [await add(ANONYMOUS), await add(ANONYMOUS)];
    const cookie = `sheaf_edit_keys=${one.slug}~${one.editKey}.${kept.slug}~${kept.editKey}`;
    const answer = await post(`/${one.slug}/forms/delete`, { headers: { cookie } });
    expect(answer).toMatchObject({ status: 200, text: '/?deleted' });
    expect(answer.cookies).toEqual([
      `sheaf_edit_keys=${kept.slug}~${kept.editKey}; Max-Age=31536000; Path=/; HttpOnly; SameSite=Lax`,
    ]);
    expect(await shown(one.slug)).toBeNull();
    expect(await shown(kept.slug)).not.toBeNull();
  });

  it('changes visibility and lifetime, of the paste as the page showed it', async () => {
    const { user, cookie } = await addSignedInBrowser();
    const { slug, etag } = await add(signedIn(user), { visibility: 'private' });
    const fields = { visibility: 'public', lifetime: '1h', etag };
    const path = `/${slug}/forms/settings`;
    expect(await post(path, { fields, headers: { cookie } })).toMatchObject({
      status: 200,
      text: `/${slug}?saved`,
    });
    const changed = await shown(slug);
    expect(changed).toMatchObject({ visibility: 'public', expiresAt: expect.any(Date) });
    const again = { ...fields, visibility: 'unlisted' };
    expect(await post(path, { fields: again, headers: { cookie } })).toMatchObject({
      status: 412,
      text: 'The paste was changed since this page was opened. Reload the page, then try again.',
    });
    expect(await post(path, { fields: again, headers: { cookie, accept: HTML } })).toMatchObject({
      status: 303,
      to: `/${slug}?refused=stale`,
    });
    expect(await shown(slug)).toEqual(changed);
  });

  it('asks for another look at credentials before more people can read them', async () => {
    const { user, cookie } = await addSignedInBrowser();
    const content = `key: ghp_${'a1B2'.repeat(9)}`;
    const { slug, etag } = await add(signedIn(user), { content, visibility: 'private' });
    const fields = { visibility: 'unlisted', lifetime: 'keep', etag };
    const refused = await post(`/${slug}/forms/settings`, { fields, headers: { cookie } });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('passwords or keys');
    const plain = await post(`/${slug}/forms/settings`, { fields, headers: { cookie, accept: HTML } });
    expect(plain).toMatchObject({ status: 303, to: `/${slug}?refused=credentials_found` });
    expect(await shown(slug)).toMatchObject({ visibility: 'private' });
  });

  it.each([
    [{}, 422],
    [{ visibility: 'secret', lifetime: 'keep' }, 422],
    [{ visibility: 'unlisted', lifetime: '3 moons' }, 422],
    [{ visibility: 'unlisted', lifetime: 'keep' }, 412],
  ])('with the fields %j changes nothing', async (fields, status) => {
    const { user, cookie } = await addSignedInBrowser();
    const { slug } = await add(signedIn(user), { visibility: 'private' });
    const before = await shown(slug);
    expect(await post(`/${slug}/forms/settings`, { fields, headers: { cookie } })).toMatchObject({ status });
    expect(await shown(slug)).toEqual(before);
  });

  it('says in the language of the page why it was refused', async () => {
    const { slug } = await add(ANONYMOUS);
    const headers = { cookie: 'sheaf_locale=ru' };
    expect(await post(`/${slug}/forms/delete`, { headers })).toMatchObject({
      status: 401,
      text: 'Вы вышли из учётной записи. Войдите и попробуйте ещё раз.',
    });
    expect(await shown(slug)).not.toBeNull();
  });

  it('is for the page of this site only', async () => {
    const { user, cookie } = await addSignedInBrowser();
    const { slug } = await add(signedIn(user));
    const path = `/${slug}/forms/delete`;
    for (const accept of [HTML, 'text/plain']) {
      const headers = { cookie, accept, origin: 'https://elsewhere.example' };
      expect(await post(path, { headers })).toMatchObject({ status: 403 });
    }
    expect(await post(path, { headers: { cookie, 'content-type': 'text/plain' } })).toMatchObject({
      status: 415,
    });
    expect(await post(path, { headers: { cookie }, fields: { a: 'b'.repeat(20_000) } })).toMatchObject({
      status: 413,
    });
    expect(await shown(slug)).not.toBeNull();
  });

  it.each(['/%2Felsewhere.example', '/%5Celsewhere.example', '/%0Aset-cookie:a', '/%E2%82%AC', '/a', '/%'])(
    'leads nowhere from %s, which is no paste',
    async (path) => {
      const { cookie } = await addSignedInBrowser();
      const answer = await post(`${path}/forms/delete`, { headers: { cookie, accept: HTML } });
      expect(answer).toMatchObject({ status: 404, to: null });
    },
  );

  it('says in words that the database does not answer', async () => {
    const { user, cookie } = await addSignedInBrowser();
    const { slug } = await add(signedIn(user));
    await pool().query('alter table pastes rename to pastes_away');
    try {
      for (const accept of [HTML, 'text/plain']) {
        const answer = await post(`/${slug}/forms/delete`, { headers: { cookie, accept } });
        expect(answer.status).toBe(500);
        expect(answer.text).toContain('Try again');
      }
    } finally {
      await pool().query('alter table pastes_away rename to pastes');
    }
    expect(await shown(slug)).not.toBeNull();
  });
});
