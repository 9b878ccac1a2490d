import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { expect, test } from './fixtures';
import { join } from './support/accounts';
import type { Answer, Api } from './support/api';
import { expectProblem } from './support/checks';
import { createdPasteShape } from './support/shapes';
import { query } from './support/storage';

const V1 = '/api/v1/pastes';

type Send = (api: Api, key: string, content: string) => Promise<Answer>;

const KINDS: Record<string, Send> = {
  JSON: (api, key, content) =>
    api.send(V1, { method: 'POST', json: { content }, headers: { 'idempotency-key': key } }),
  text: (api, key, content) => api.postText('?language=python', content, { 'idempotency-key': key }),
  'a form': (api, key, content) => {
    const form = new FormData();
    form.append('file', new File([content], 'a.txt'));
    return api.send(V1, { method: 'POST', body: form, headers: { 'idempotency-key': key } });
  },
};

async function countPastes(databaseUrl: string, title: string): Promise<number> {
  const rows = await query(databaseUrl, 'select 1 from pastes where title = $1', [title]);
  return rows.length;
}

for (const [kind, send] of Object.entries(KINDS)) {
  test(`creates one paste for a request sent twice as ${kind}, and answers alike`, async ({ api }) => {
    const key = randomUUID();
    const first = await send(api, key, 'the text');
    expect(first.status, first.text).toBe(201);
    expect(first.headers.has('idempotent-replayed')).toBe(false);
    const second = await send(api, key, 'the text');
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect(second.status).toBe(201);
    expect(second.text).toBe(first.text);
    for (const name of ['location', 'etag', 'x-edit-key', 'content-type']) {
      expect(second.headers.get(name), name).toBe(first.headers.get(name));
    }
    expectProblem(await send(api, key, 'another text'), 422, 'validation_failed');
    expect((await send(api, randomUUID(), 'the text')).headers.get('location')).not.toBe(
      first.headers.get('location'),
    );
  });
}

test('does not take one kind of body for another', async ({ api }) => {
  const key = randomUUID();
  expect((await KINDS.JSON?.(api, key, 'same'))?.status).toBe(201);
  const other = await api.postText('', 'same', { 'idempotency-key': key });
  expect(expectProblem(other, 422).errors?.[0]?.path).toBe('idempotency-key');
});

test('creates one paste of twenty requests at once', async ({ api, sheaf }) => {
  const title = randomUUID();
  const json = { title, content: 'twenty' };
  const headers = { 'idempotency-key': title };
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => api.send(V1, { method: 'POST', json, headers })),
  );
  expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(201));
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  expect(answers.filter(({ headers }) => !headers.has('idempotent-replayed'))).toHaveLength(1);
  expect(await countPastes(sheaf.databaseUrl, title)).toBe(1);
  const { slug, edit_key: editKey } = answers[0]?.json(createdPasteShape) ?? { slug: '', edit_key: '' };
  expect((await api.send(`${V1}/${slug}`, { method: 'DELETE', editKey })).status).toBe(204);
});

test('repeats the response that was lost', async ({ api, sheaf }) => {
  const title = randomUUID();
  const body = JSON.stringify({ title, content: 'lost on the way' });
  const headers = { 'content-type': 'application/json', 'idempotency-key': title };
  await sendAndHangUp(`${sheaf.url}${V1}`, { body, headers });
  await expect.poll(() => countPastes(sheaf.databaseUrl, title)).toBe(1);
  const answer = await api.send(V1, { method: 'POST', body, headers });
  expect(answer.status).toBe(201);
  expect(answer.headers.get('idempotent-replayed')).toBe('true');
  const paste = answer.json(createdPasteShape);
  expect(await countPastes(sheaf.databaseUrl, title)).toBe(1);
  expect((await api.remove(paste)).status).toBe(204);
});

test('separates the keys of callers, and forgets deleted pastes', async ({ api, sheaf }) => {
  const [one, other] = [await join(api, sheaf), await join(api, sheaf)];
  const key = randomUUID();
  const send = (headers: Record<string, string>, content: string) =>
    api.send(V1, { method: 'POST', json: { content }, headers: { ...headers, 'idempotency-key': key } });
  const slugs = new Set<string>();
  for (const [headers, content] of [
    [one.bearer, 'of one'],
    [other.bearer, 'of the other'],
    [{}, 'anonymous'],
  ] as const) {
    const made = await send(headers, content);
    expect(made.status, made.text).toBe(201);
    expect(made.headers.has('idempotent-replayed')).toBe(false);
    const { slug } = JSON.parse(made.text) as { slug: string };
    slugs.add(slug);
    expect((await send(headers, content)).headers.get('idempotent-replayed')).toBe('true');
  }
  expect(slugs.size).toBe(3);
  const [mine = ''] = slugs;
  expect((await api.send(`${V1}/${mine}`, { method: 'DELETE', headers: one.bearer })).status).toBe(204);
  const again = await send(one.bearer, 'of one');
  expect(again.status).toBe(201);
  expect(again.headers.has('idempotent-replayed')).toBe(false);
});

test('rejects an invalid key', async ({ api }) => {
  for (const key of ['', 'a b', 'x'.repeat(256), 'é']) {
    const sent = { method: 'POST', json: { content: 'x' }, headers: { 'idempotency-key': key } };
    const problem = expectProblem(await api.send(V1, sent), 422, 'validation_failed');
    expect(problem.errors?.[0]?.path).toBe('idempotency-key');
  }
  const longest = { 'idempotency-key': `${randomUUID()}${'x'.repeat(219)}` };
  const taken = await api.send(V1, { method: 'POST', json: { content: 'x' }, headers: longest });
  expect(taken.status).toBe(201);
});

/** Sends all of it and closes the connection as soon as an answer begins, which is not read. */
function sendAndHangUp(url: string, { body, headers }: { body: string; headers: Record<string, string> }) {
  return new Promise<void>((resolve, reject) => {
    const sending = request(url, { method: 'POST', headers: { ...headers, 'content-length': body.length } });
    sending.on('error', reject);
    sending.on('response', (response) => {
      response.on('error', () => {});
      response.on('close', resolve);
      response.destroy();
    });
    sending.end(body);
  });
}
