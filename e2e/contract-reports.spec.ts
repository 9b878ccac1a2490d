import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { expect, test } from './fixtures';
import { appoint, join } from './support/accounts';
import type { Api } from './support/api';
import { expectProblem, goneEverywhere, lookEverywhere } from './support/checks';

const QUEUE = '/api/v1/admin/reports';
const AUDIT = '/api/v1/admin/audit';

const caseShape = z.object({ id: z.uuid(), slug: z.string(), reports: z.int() });
const queueShape = z.object({ items: z.array(caseShape), next_cursor: z.string().nullable() });
const detailShape = z.object({
  content: z.object({ state: z.string(), files: z.array(z.object({ text: z.string() })) }),
});
const entryShape = z.object({ action: z.string(), target: z.string() });
const auditShape = z.object({ items: z.array(entryShape), next_cursor: z.string().nullable() });

type Headers = Record<string, string>;

const report = (api: Api, slug: string, json: unknown = { reason: 'spam' }, headers: Headers = {}) =>
  api.send(`/api/v1/pastes/${slug}/reports`, { method: 'POST', json, headers });

async function idOf(api: Api, slug: string, headers: Headers): Promise<string> {
  const { items } = (await api.get(`${QUEUE}?limit=100`, headers)).json(queueShape);
  const found = items.find((item) => item.slug === slug);
  if (!found) throw new Error(`${slug} is not in the queue`);
  return found.id;
}

test('a report of what the caller may not read is a 404 like any other', async ({
  api,
  createPaste,
  sheaf,
}) => {
  const { slug } = await createPaste({ content: 'x', visibility: 'unlisted' });
  expect((await report(api, slug, { reason: 'other', details: 'd', email: 'me@example.com' })).status).toBe(
    202,
  );
  for (const json of [
    {},
    { reason: 'x' },
    { reason: 'spam', details: 'x'.repeat(2_001) },
    { reason: 'spam', key: 'x' },
  ]) {
    expectProblem(await report(api, slug, json), 422, 'validation_failed');
  }
  const owner = await join(api, sheaf);
  const own = await api.send('/api/v1/pastes', {
    method: 'POST',
    json: { content: 'x', visibility: 'private' },
    headers: owner.bearer,
  });
  const { slug: hidden } = own.json(z.object({ slug: z.string() }));
  const answers = [await report(api, hidden), await report(api, 'Absent123456')];
  for (const answer of answers) expectProblem(answer, 404, 'not_found');
  const [first, second] = answers.map(({ text }) => text);
  expect(first).toBe(second);
});

test('a decision hides the paste, blocks its text on every way in, and is in the audit log', async ({
  api,
  sheaf,
}) => {
  const [moderator, admin] = [await join(api, sheaf), await join(api, sheaf)];
  await appoint(sheaf, moderator, 'moderator');
  await appoint(sheaf, admin, 'admin');
  const content = `a text that is reported ${randomUUID()}`;
  const { slug } = await api.create({ content, visibility: 'public' });
  for (let n = 0; n < 3; n += 1) expect((await report(api, slug)).status).toBe(202);
  const id = await idOf(api, slug, moderator.bearer);
  const seen = (await api.get(`${QUEUE}/${id}`, moderator.bearer)).json(detailShape);
  expect(seen.content).toMatchObject({ state: 'text', files: [{ text: content }] });
  const decide = (choice: object) => {
    const json = { revision: 1, ...choice };
    return api.send(`${QUEUE}/${id}/decision`, { method: 'POST', json, headers: moderator.bearer });
  };
  expectProblem(await decide({ decision: 'delete', reason: 'x' }), 422, 'validation_failed');
  expectProblem(await decide({ decision: 'dismiss', revision: 2 }), 409, 'conflict');
  expect((await decide({ decision: 'hide', reason: 'x', block_texts: true })).status).toBe(204);
  expectProblem(await decide({ decision: 'dismiss' }), 404, 'not_found');
  expect(await lookEverywhere(api, slug)).toEqual(goneEverywhere(slug));
  expectProblem(await report(api, slug), 404, 'not_found');

  const editable = await api.create({ content: 'before' });
  const form = new FormData();
  form.append('file', new Blob(['x']), 'a.txt');
  form.append('file', new Blob([content]), 'b.txt');
  const terminal = { 'content-type': 'text/plain' };
  const tries = [
    await api.post('/api/v1/pastes', { files: [{ content: 'x' }, { content }] }),
    await api.postText('', content),
    await api.send('/api/v1/pastes', { method: 'POST', body: form }),
    await api.send('/api/terminal', { method: 'POST', body: content, headers: terminal }),
    await api.send('/api/terminal/notes.md', { method: 'PUT', body: content, headers: terminal }),
    await api.send('/documents', {
      method: 'POST',
      body: content,
      headers: { 'content-type': 'text/plain' },
    }),
    await api.send(`/api/v1/pastes/${editable.slug}`, {
      method: 'PATCH',
      json: { content },
      editKey: editable.edit_key,
    }),
  ];
  for (const answer of tries) {
    expect(answer.json(z.looseObject({}))).toMatchObject({
      status: 422,
      code: 'validation_failed',
      errors: [{ path: 'files', message: 'A moderator has blocked this text. It cannot be saved.' }],
    });
  }
  const { items } = (await api.get(`${AUDIT}?limit=2`, admin.bearer)).json(auditShape);
  expect(items).toMatchObject([{ action: 'hash_blocked' }, { action: 'paste_hidden', target: slug }]);
  const lines = (await api.get(`${AUDIT}/export.ndjson`, admin.bearer)).text.trimEnd().split('\n');
  expect(lines.map((line) => entryShape.parse(JSON.parse(line)).target)).toContain(slug);
  const csv = await api.get(`${AUDIT}/export.csv`, admin.bearer);
  expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(csv.text.split('\r\n').filter((line) => line.includes(`"${slug}"`))).toHaveLength(1);
  expect(`${lines.join()}${csv.text}`).not.toContain(content);
  await api.remove(editable);
});

test('many pastes are hidden at once', async ({ api, createPaste, sheaf }) => {
  const moderator = await join(api, sheaf);
  await appoint(sheaf, moderator, 'moderator');
  const slugs = [await createPaste({ content: 'x' }), await createPaste({ content: 'y' })].map(
    ({ slug }) => slug,
  );
  const json = { slugs: [...slugs, 'Absent123456'], reason: 'Spam' };
  const answer = await api.send('/api/v1/admin/pastes/hide', {
    method: 'POST',
    json,
    headers: moderator.bearer,
  });
  expect(answer.json(z.unknown())).toEqual({
    hidden: slugs,
    already_hidden: [],
    not_found: ['Absent123456'],
    failed: [],
  });
  for (const slug of slugs) expect(await lookEverywhere(api, slug)).toEqual(goneEverywhere(slug));
});

test('a ban takes the pastes of the author out of sight, and its end brings them back', async ({
  api,
  sheaf,
}) => {
  const [author, admin] = [await join(api, sheaf), await join(api, sheaf)];
  await appoint(sheaf, admin, 'admin');
  const json = { content: 'x', visibility: 'public' };
  const created = await api.send('/api/v1/pastes', { method: 'POST', json, headers: author.bearer });
  const { slug } = created.json(z.object({ slug: z.string() }));
  const before = await lookEverywhere(api, slug);
  const user = `/api/v1/admin/users/${author.uuid}`;
  const ban = (banned: boolean) =>
    api.send(user, { method: 'PATCH', json: { banned }, headers: admin.bearer });
  await ban(true);
  expect(await lookEverywhere(api, slug)).toEqual(goneEverywhere(slug));
  await ban(false);
  expect(await lookEverywhere(api, slug)).toEqual(before);

  const erase = (path: string, password = admin.password) =>
    api.send(path, { method: 'DELETE', json: { password }, headers: admin.bearer });
  expectProblem(await erase(`/api/v1/admin/users/${admin.uuid}`), 422, 'validation_failed');
  expectProblem(await erase(user, 'not the password'), 401, 'wrong_password');
  expect((await erase(user)).status).toBe(204);
  expectProblem(await erase(user), 404, 'not_found');
  expect(await lookEverywhere(api, slug)).toEqual(goneEverywhere(slug));
});

test('without a contact there is no security.txt', async ({ api }) => {
  expectProblem(await api.get('/.well-known/security.txt'), 404, 'not_found');
});
