import { expect, test } from './fixtures';
import { Api } from './support/api';
import { expectProblem } from './support/checks';
import {
  Cleanup,
  createDatabase,
  makeFolder,
  serviceVariables,
  startBlobStore,
  startFront,
} from './support/mounts';

const FRIEND = 'https://friend.example';
const OTHER_FRIEND = 'http://localhost:5173';
const STRANGERS = [
  'https://elsewhere.example',
  'https://friend.example.evil.test',
  'null',
  'HTTPS://FRIEND.EXAMPLE',
];

/** A service of its own that knows two other sites. */
const withFriends = test.extend<object, { friendly: Api }>({
  friendly: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a pattern here
    async ({}, use) => {
      const cleanup = new Cleanup();
      try {
        const databaseUrl = await createDatabase(cleanup);
        const store = await startBlobStore(cleanup);
        const env = {
          ...serviceVariables({ databaseUrl, store }),
          CORS_ORIGINS: `${FRIEND}, ${OTHER_FRIEND}`,
        };
        const server = await startFront({ dataFolder: await makeFolder(cleanup), env });
        cleanup.add(() => server.stop());
        await use(new Api(server.url));
      } finally {
        await cleanup.run();
      }
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

withFriends('lets the sites that were named read, and no other', async ({ friendly }) => {
  for (const path of [
    '/api/v1/pastes',
    '/api/v1/pastes/unknownPaste',
    '/api/v1/unknown',
    '/api/v1/users/me',
  ]) {
    for (const origin of [FRIEND, OTHER_FRIEND]) {
      const { headers } = await friendly.get(path, { origin });
      expect(headers.get('access-control-allow-origin'), path).toBe(origin);
      expect(headers.get('vary')).toContain('Origin');
      expect(headers.has('access-control-allow-credentials')).toBe(false);
    }
    for (const origin of STRANGERS) {
      const { headers } = await friendly.get(path, { origin });
      expect(headers.has('access-control-allow-origin'), origin).toBe(false);
      expect(headers.get('vary')).toContain('Origin');
    }
  }
});

withFriends('shows them every header of ours', async ({ friendly }) => {
  const { headers } = await friendly.get('/api/v1/pastes', { origin: FRIEND });
  const exposed = (headers.get('access-control-expose-headers') ?? '').toLowerCase().split(',');
  for (const name of [
    'etag',
    'location',
    'x-edit-key',
    'x-request-id',
    'ratelimit',
    'ratelimit-policy',
    'retry-after',
    'www-authenticate',
    'idempotent-replayed',
    'server-timing',
  ]) {
    expect(exposed).toContain(name);
  }
});

withFriends('answers what a browser asks before it asks', async ({ friendly }) => {
  const ask = (path: string, origin: string, method: string) =>
    friendly.send(path, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': method,
        'access-control-request-headers': 'authorization,content-type,idempotency-key,if-match,x-edit-key',
      },
    });
  for (const method of ['POST', 'PATCH', 'DELETE', 'PUT']) {
    const { status, headers } = await ask('/api/v1/pastes/unknownPaste', FRIEND, method);
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBe(FRIEND);
    expect(headers.get('access-control-allow-methods')?.split(',')).toContain(method);
    const allowed = (headers.get('access-control-allow-headers') ?? '').toLowerCase().split(',');
    for (const name of ['authorization', 'content-type', 'idempotency-key', 'if-match', 'if-none-match']) {
      expect(allowed).toContain(name);
    }
    expect(Number(headers.get('access-control-max-age'))).toBeGreaterThan(0);
    expect(headers.has('access-control-allow-credentials')).toBe(false);
  }
  const rejected = await ask('/api/v1/pastes', 'https://elsewhere.example', 'POST');
  expect(rejected.headers.has('access-control-allow-origin')).toBe(false);
});

withFriends('lets them read error responses', async ({ friendly }) => {
  const answer = await friendly.send('/api/v1/pastes', {
    method: 'POST',
    json: {},
    headers: { origin: FRIEND },
  });
  expectProblem(answer, 422, 'validation_failed');
  expect(answer.headers.get('access-control-allow-origin')).toBe(FRIEND);
  const wrong = await friendly.get('/api/v1/users/me', { origin: FRIEND, authorization: 'Bearer nothing' });
  expectProblem(wrong, 401, 'unauthorized');
  expect(wrong.headers.get('access-control-allow-origin')).toBe(FRIEND);
});

test('allows no other origin by default', async ({ api }) => {
  for (const origin of [FRIEND, ...STRANGERS]) {
    const { headers } = await api.get('/api/v1/pastes', { origin });
    expect(headers.has('access-control-allow-origin')).toBe(false);
  }
});
