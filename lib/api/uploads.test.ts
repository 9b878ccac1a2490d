import { expect, it } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { api } from './app';

useTestDatabase();

const UPLOAD = '/api/v1/uploads';

async function upload(query: string, body: BodyInit, headers: Record<string, string> = {}) {
  const response = await api.request(UPLOAD + query, { method: 'POST', body, headers });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

async function read(location: string | null) {
  const response = await api.request(`/api/v1/pastes${new URL(location ?? '').pathname}?content=1`);
  const { title, files } = await response.json();
  return { title, files: files.map(({ name, content }: Record<string, string>) => [name, content]) };
}

it('stores a body as the text of one file, and answers with the link', async () => {
  const headers = { 'content-type': 'text/plain', 'idempotency-key': 'a-key' };
  const first = await upload('?title=One&name=a.txt', 'the text', headers);
  const location = first.headers.get('location');
  expect([first.status, first.text]).toEqual([201, `${location}\n`]);
  expect(first.headers.get('content-type')).toBe('text/plain; charset=UTF-8');
  expect(first.headers.get('x-edit-key')).toMatch(/^[\w-]{22}$/);
  expect(await read(location)).toEqual({ title: 'One', files: [['a.txt', 'the text']] });
  const second = await upload('?title=One&name=a.txt', 'the text', headers);
  expect([second.text, second.headers.get('idempotent-replayed')]).toEqual([first.text, 'true']);
});

it('stores JSON as a text', async () => {
  const text = '{"content": 1}';
  const { status, headers } = await upload('', text, { 'content-type': 'application/json' });
  expect(status).toBe(201);
  expect((await read(headers.get('location'))).files).toEqual([['', text]]);
});

it('stores every file of a form', async () => {
  const form = new FormData();
  form.append('file', new File(['one'], 'one.txt'));
  form.append('file', new File(['two'], 'two.txt'));
  const { status, headers } = await upload('', form);
  expect(status).toBe(201);
  expect((await read(headers.get('location'))).files).toEqual([
    ['one.txt', 'one'],
    ['two.txt', 'two'],
  ]);
});
