import { expect, test } from './fixtures';
import { expectProblem } from './support/checks';

const ODD_SLUGS = [
  'unknownPaste',
  'x',
  'ab',
  '%00',
  'abc%00def',
  '..%2f',
  '..%2f..%2fetc%2fpasswd',
  '%',
  '%zz',
  '%c0%af',
  '%ff%fe',
  '%F0%9F%99%82',
  '%D0%BF%D1%80%D0%B8%D0%B2%D0%B5%D1%82',
  'abc%20def',
  'abc.def',
  "abc'--",
  '%27%20or%201=1%20--',
  '*',
  '__proto__',
  'constructor',
  'a'.repeat(65),
  'a'.repeat(10_000),
  '%41'.repeat(3_000),
];

for (const slug of ODD_SLUGS) {
  test(`has nothing at ${slug.slice(0, 40)} (${slug.length})`, async ({ api }) => {
    const answers = await Promise.all(
      ['', '/raw', '/files/1/raw', '?content=1'].map((rest) => api.sendRaw(`/api/v1/pastes/${slug}${rest}`)),
    );
    for (const answer of answers) expectProblem(answer, 404, 'not_found');
    const headers = { 'x-edit-key': 'AAAAAAAAAAAAAAAAAAAAAA' };
    expectProblem(
      await api.sendRaw(`/api/v1/pastes/${slug}`, { method: 'DELETE', headers }),
      404,
      'not_found',
    );
    for (const path of [`/${slug}`, `/${slug}/raw`, `/${slug}/raw/1`, `/${slug}/download`]) {
      const answer = await api.sendRaw(path);
      // What looks like a link with an extension leads to the link, which is absent too.
      const { status } = answer.status === 307 ? await api.get(answer.headers.get('location') ?? '') : answer;
      expect(status, path).toBe(404);
    }
  });
}

test('answers every unknown address with the same 404', async ({ api }) => {
  for (const path of ['/api', '/api/v1', '/api/v2/pastes', '/api/v1/paste', '/api/v1/pastes/a/b/c']) {
    expectProblem(await api.get(path), 404, 'not_found');
  }
});

test('names the methods that an address does take', async ({ api }) => {
  type Address = [path: string, wrong: string, allowed: string[]];
  const addresses: Address[] = [
    ['/api/v1/pastes', 'PUT', ['GET', 'HEAD', 'POST']],
    ['/api/v1/pastes', 'DELETE', ['GET', 'HEAD', 'POST']],
    ['/api/v1/pastes/unknownPaste', 'POST', ['DELETE', 'GET', 'HEAD', 'PATCH']],
    ['/api/v1/pastes/unknownPaste/raw', 'POST', ['GET', 'HEAD']],
    ...['POST', 'PUT', 'PATCH', 'DELETE'].map(
      (method): Address => ['/api/v1/contacts/birthdays', method, ['GET', 'HEAD']],
    ),
    ['/api/v1/openapi.json', 'POST', ['GET', 'HEAD']],
    ['/api/health', 'DELETE', ['GET', 'HEAD']],
    ['/api/cron/sweep', 'POST', ['GET', 'HEAD']],
    ['/unknownPaste/raw', 'POST', ['GET', 'HEAD']],
    ['/unknownPaste/download', 'PUT', ['GET', 'HEAD', 'POST']],
  ];
  for (const [path, method, allowed] of addresses) {
    const answer = await api.send(path, { method });
    expectProblem(answer, 405, 'method_not_allowed');
    expect(answer.headers.get('allow')?.split(', ').sort(), `${method} ${path}`).toEqual(allowed);
  }
});

test('does not stumble over detours in a path', async ({ api }) => {
  for (const path of [
    '/api/',
    '/api/v1/pastes/',
    '/api/v1/pastes/%2e%2e',
    '/api//v1',
    '//api/v1',
    '/%2e%2e/raw',
  ]) {
    expect((await api.sendRaw(path)).status, path).toBeLessThan(500);
  }
});

test('survives unknown methods', async ({ api, sheaf }) => {
  // Next itself stumbles over TRACE, which no serverless platform lets through.
  const methods = sheaf.name === 'front' ? ['PROPFIND', 'OPTIONS', 'TRACE'] : ['PROPFIND', 'OPTIONS'];
  for (const method of methods) {
    const { status } = await api.sendRaw('/api/v1/pastes', { method });
    expect(status, method).toBeLessThan(500);
  }
});
