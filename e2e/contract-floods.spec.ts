import { expect, test } from './fixtures';
import { expectCommonHeaders, expectProblem } from './support/checks';

const BOUNDARY = '-'.repeat(30);
const FORM = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` };
const HEADER = 'Content-Disposition: form-data; name="file"; filename="a.txt"';

const form = (count: number, header = HEADER) =>
  `${`--${BOUNDARY}\r\n${header}\r\n\r\nx\r\n`.repeat(count)}--${BOUNDARY}--\r\n`;

const FLOODS: [name: string, body: string][] = [
  ['very many parts', form(60_000)],
  ['a part header of very many lines', form(1, `${HEADER}\r\n${'a: b\r\n'.repeat(200_000)}`)],
  ['nothing but delimiters', `--${BOUNDARY}\r\n`.repeat(50_000)],
];

for (const [name, body] of FLOODS) {
  test(`single-request floods: a form with ${name} is 413 everywhere`, async ({ api }) => {
    const post = (path: string, headers: Record<string, string> = {}) =>
      api.send(path, { method: 'POST', body, headers: { ...FORM, ...headers } });
    expectProblem(await post('/api/v1/pastes'), 413, 'too_large');
    expect((await post('/documents')).status).toBe(413);
    for (const path of ['/', '/login', '/explore']) {
      const rejected = await post(path, { origin: api.baseUrl });
      expect(rejected.status, path).toBe(413);
      expect(rejected.text).toBe('This form has too many parts.\n');
      expectCommonHeaders(rejected);
    }
    expect((await api.get('/api/health')).status).toBe(200);
  });
}

test('single-request floods: parts without a name are rejected, and leave room for others', async ({
  api,
}) => {
  const nameless = `--${BOUNDARY}\r\nContent-Type: text/plain\r\n\r\n${'x'.repeat(1_200_000)}\r\n--${BOUNDARY}--\r\n`;
  for (let n = 0; n < 9; n += 1) {
    const rejected = await api.send('/api/v1/pastes', { method: 'POST', body: nameless, headers: FORM });
    expectProblem(rejected, 400, 'malformed_body');
  }
  expect((await api.postText('', 'x'.repeat(1_200_000))).status).toBe(201);
});

test('single-request floods: a page accepts at most a hundred query parameters', async ({ api }) => {
  expect((await api.get(`/explore?${'a=b&'.repeat(100)}`)).status).toBe(400);
  expect((await api.get(`/explore?x?${'&a=b'.repeat(100)}`)).status).toBe(400);
  expect((await api.get(`/explore?${'a=b&'.repeat(50)}`)).status).toBe(200);
});

test('single-request floods: a key of 15,800 dots is not found', async ({ api }) => {
  for (const path of ['/raw/', '/documents/', '/']) {
    expect((await api.sendRaw(`${path}${'.'.repeat(15_800)}%0a`)).status, path).toBe(404);
  }
});
