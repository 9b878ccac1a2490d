import { z } from 'zod';
import { expect, test } from './fixtures';
import { bearerOf, join, type Member, newcomer } from './support/accounts';
import type { Answer, Api } from './support/api';
import { expectProblem } from './support/checks';
import { mailsTo, waitForMail } from './support/mail';

const V1 = '/api/v1';

// A promise of the API, written down a second time on purpose.
const shareShape = z.strictObject({
  id: z.uuid(),
  email: z.string(),
  contact_id: z.uuid().nullable(),
  role: z.enum(['reader', 'editor']),
  created_at: z.iso.datetime(),
  opened_at: z.iso.datetime().nullable(),
});
const shareListShape = z.strictObject({ items: z.array(shareShape), next_cursor: z.null() });
const sharedPageShape = z.strictObject({
  items: z.array(
    z.looseObject({ slug: z.string(), title: z.string(), role: z.string(), shared_at: z.iso.datetime() }),
  ),
  next_cursor: z.string().nullable(),
});

const PRIVATE = {
  title: 'Between us',
  files: [{ name: 'a.txt', content: 'for your eyes' }],
  visibility: 'private',
};

function speakerFor(api: Api, { bearer }: Pick<Member, 'bearer'>) {
  const send = (method: string, path: string, json?: unknown): Promise<Answer> =>
    api.send(path, { method, headers: bearer, ...(json === undefined ? {} : { json }) });
  return {
    send,
    get: (path: string) => send('GET', path),
    createPaste: async () => {
      const made = await send('POST', `${V1}/pastes`, PRIVATE);
      return made.json(z.looseObject({ slug: z.string() })).slug;
    },
    share: async (slug: string, json: unknown) => {
      const answer = await send('POST', `${V1}/pastes/${slug}/shares`, json);
      expect(answer.status, answer.text).toBe(201);
      return answer.json(shareShape);
    },
  };
}

test('a share opens a private paste on every surface, and ends on all of them', async ({ api, sheaf }) => {
  const [author, friend] = [await join(api, sheaf), await join(api, sheaf)];
  const [owner, guest] = [speakerFor(api, author), speakerFor(api, friend)];
  const slug = await owner.createPaste();
  const surfaces = [
    `${V1}/pastes/${slug}`,
    `${V1}/pastes/${slug}?content=1`,
    `/${slug}/raw`,
    `/${slug}/download`,
    `/documents/${slug}`,
  ];
  const statuses = async () => {
    const answers: number[] = [];
    for (const path of surfaces) answers.push((await guest.get(path)).status);
    return answers;
  };
  expect(await statuses()).toEqual([404, 404, 404, 404, 404]);
  const share = await owner.share(slug, { email: friend.email.toUpperCase(), notify: false });
  expect(share).toMatchObject({ email: friend.email, role: 'reader', opened_at: null });
  expect(await statuses()).toEqual([200, 200, 200, 200, 200]);
  const { items } = (await guest.get(`${V1}/users/me/shared`)).json(sharedPageShape);
  // The author sees it as opened, because `statuses` has read it.
  const sharedPaste = { slug, title: 'Between us', role: 'reader' };
  expect(items).toMatchObject([{ ...sharedPaste, preview: 'for your eyes' }]);
  expectProblem(await guest.send('PATCH', `${V1}/pastes/${slug}`, { title: 'Mine' }), 404);
  expectProblem(await guest.get(`${V1}/pastes/${slug}/shares`), 404);
  expectProblem(await guest.send('DELETE', `${V1}/shares/${share.id}`), 404);

  const etag = (await guest.get(surfaces[0] ?? '')).headers.get('etag') ?? '';
  expect((await owner.send('DELETE', `${V1}/shares/${share.id}`)).status).toBe(204);
  expect(await statuses()).toEqual([404, 404, 404, 404, 404]);
  const held = { ...friend.bearer, 'if-none-match': etag };
  expect((await api.get(surfaces[0] ?? '', held)).status).toBe(404);
  expect((await guest.get(`${V1}/users/me/shared`)).json(sharedPageShape).items).toEqual([]);
  expectProblem(await owner.send('DELETE', `${V1}/shares/${share.id}`), 404);
});

test('an editor can edit until the role is revoked, but not change visibility or expiry', async ({
  api,
  sheaf,
}) => {
  const [author, friend] = [await join(api, sheaf), await join(api, sheaf)];
  const [owner, editor] = [speakerFor(api, author), speakerFor(api, friend)];
  const slug = await owner.createPaste();
  const share = await owner.share(slug, { email: friend.email, role: 'editor', notify: false });
  const write = (json: unknown) => editor.send('PATCH', `${V1}/pastes/${slug}`, json);
  expect((await write({ files: [{ content: 'second' }] })).status).toBe(200);
  expect((await write({ files: [{ content: 'third' }] })).status).toBe(200);
  expectProblem(await write({ visibility: 'public' }), 422, 'validation_failed');
  expect((await editor.send('DELETE', `${V1}/pastes/${slug}/revisions/1`)).status).toBe(204);
  expectProblem(await editor.send('DELETE', `${V1}/pastes/${slug}`), 404);
  expect((await owner.send('PATCH', `${V1}/shares/${share.id}`, { role: 'reader' })).status).toBe(200);
  expectProblem(await write({ files: [{ content: 'fourth' }] }), 404);
  expectProblem(await editor.get(`${V1}/pastes/${slug}/revisions/2`), 404);
  expect((await editor.get(`/${slug}/raw`)).text).toBe('third');
});

test('the owner sees who read the text, not who only checked that it exists', async ({ api, sheaf }) => {
  const [author, friend] = [await join(api, sheaf), await join(api, sheaf)];
  const [owner, guest] = [speakerFor(api, author), speakerFor(api, friend)];
  const openedAt = async (slug: string) => {
    const list = (await owner.get(`${V1}/pastes/${slug}/shares`)).json(shareListShape);
    return list.items.map((share) => share.opened_at !== null);
  };
  const looks: [string, string][] = [
    ['GET', ''],
    ['HEAD', '/raw'],
    ['GET', '/raw/99'],
  ];
  for (const given of ['/raw', '/download', '/revisions/1', '?content=1']) {
    const slug = await owner.createPaste();
    await owner.share(slug, { email: friend.email, role: 'editor', notify: false });
    for (const [method, rest] of looks) {
      const path = rest === '' ? `${V1}/pastes/${slug}` : `/${slug}${rest}`;
      await api.sendRaw(path, { method, headers: friend.bearer });
    }
    const prefetch = { ...friend.bearer, 'sec-purpose': 'prefetch' };
    expect((await api.get(`/${slug}/raw`, prefetch)).status).toBe(200);
    expect(await openedAt(slug), given).toEqual([false]);
    const isApi = given.startsWith('/revisions') || given.startsWith('?');
    expect((await guest.get(isApi ? `${V1}/pastes/${slug}${given}` : `/${slug}${given}`)).status).toBe(200);
    await expect.poll(() => openedAt(slug), given).toEqual([true]);
  }
});

test('a mail contains the title only if allowed, and a repeated request sends one mail', async ({
  api,
  sheaf,
}) => {
  const owner = speakerFor(api, await join(api, sheaf));
  const slug = await owner.createPaste();
  const [told, untold] = [newcomer().email, newcomer().email];
  await owner.share(slug, { email: told, tell_title: true });
  expect((await waitForMail(sheaf.mailFolder, told)).text).toContain('Between us');
  const repeated = await Promise.all([
    owner.share(slug, { email: untold }),
    owner.share(slug, { email: untold }),
    owner.share(slug, { email: untold }),
  ]);
  expect(new Set(repeated.map(({ id }) => id)).size).toBe(1);
  expect((await waitForMail(sheaf.mailFolder, untold)).text).not.toContain('Between us');
  const last = newcomer().email;
  await owner.share(slug, { email: last });
  await waitForMail(sheaf.mailFolder, last);
  expect(await mailsTo(sheaf.mailFolder, untold)).toHaveLength(1);
});

test('rejects an invalid share, and changes nothing', async ({ api, sheaf }) => {
  const [author, other] = [await join(api, sheaf), await join(api, sheaf)];
  const owner = speakerFor(api, author);
  const slug = await owner.createPaste();
  const foreign = await api.send(`${V1}/contacts`, {
    method: 'POST',
    headers: other.bearer,
    json: { first_name: 'Ada', email: 'ada@example.com' },
  });
  const { id: foreignId } = foreign.json(z.looseObject({ id: z.string() }));
  const own = await owner.send('POST', `${V1}/contacts`, { first_name: 'Bo', email: 'bo@example.com' });
  const { id: ownId } = own.json(z.looseObject({ id: z.string() }));
  const rejections: [unknown, number][] = [
    [{}, 422],
    [{ email: 'x' }, 422],
    [{ email: 'a@example.com', contact_id: ownId }, 422],
    [{ email: 'a@example.com', role: 'owner' }, 422],
    [{ email: 'a@example.com', extra: 1 }, 422],
    [{ email: author.email }, 422],
    [{ contact_id: foreignId }, 404],
    [{ contact_id: 'nonsense' }, 404],
    [[], 422],
  ];
  for (const [json, status] of rejections) {
    expect((await owner.send('POST', `${V1}/pastes/${slug}/shares`, json)).status, JSON.stringify(json)).toBe(
      status,
    );
  }
  expectProblem(await owner.get(`${V1}/pastes/${slug}/shares?limit=1`), 422);
  const token = await owner.send('POST', `${V1}/users/me/tokens`, {
    name: 'Script',
    scopes: ['pastes:write'],
  });
  const { token: secret } = token.json(z.looseObject({ token: z.string() }));
  const script = speakerFor(api, { bearer: bearerOf({ access_token: secret }) });
  const byContact = await script.send('POST', `${V1}/pastes/${slug}/shares`, { contact_id: ownId });
  expectProblem(byContact, 403, 'insufficient_scope');
  expect((await owner.get(`${V1}/pastes/${slug}/shares`)).json(shareListShape).items).toEqual([]);
  await script.share(slug, { email: 'bo@example.com', notify: false });
});
