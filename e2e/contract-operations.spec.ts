import { expect, test } from './fixtures';
import { expectCommonHeaders, expectProblem } from './support/checks';

test('is alive and ready', async ({ api }) => {
  const health = await api.get('/api/health');
  expect([health.status, JSON.parse(health.text)]).toEqual([200, { status: 'ok' }]);
  expectCommonHeaders(health);
  const ready = await api.get('/api/ready');
  expect([ready.status, JSON.parse(ready.text)]).toEqual([
    200,
    { status: 'ready', database: true, storage: true, mail: true },
  ]);
});

test('sweeps only for the scheduler', async ({ api, cronSecret }) => {
  for (const authorization of [
    '',
    'Bearer ',
    'Bearer wrong',
    cronSecret,
    `Basic ${cronSecret}`,
    `Bearer ${cronSecret}x`,
  ]) {
    const answer = await api.get('/api/cron/sweep', authorization ? { authorization } : {});
    expectProblem(answer, 401, 'unauthorized');
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  }
  const swept = await api.get('/api/cron/sweep', { authorization: `Bearer ${cronSecret}` });
  expect(swept.status).toBe(200);
  expect(JSON.parse(swept.text)).toMatchObject({ complete: true });
});

test('describes itself in OpenAPI', async ({ api, sheaf }) => {
  const answer = await api.get('/api/v1/openapi.json');
  expect(answer.status).toBe(200);
  const document = JSON.parse(answer.text) as {
    openapi: string;
    servers: { url: string }[];
    paths: Record<string, Record<string, { responses: Record<string, unknown> }>>;
    components: { schemas: Record<string, unknown> };
  };
  expect(document.openapi).toBe('3.1.0');
  expect(document.servers[0]?.url).toBe(sheaf.url);
  expect(Object.keys(document.components.schemas)).toEqual(
    expect.arrayContaining(['Paste', 'CreatePaste', 'UpdatePaste', 'Problem']),
  );
  const references = [...answer.text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(
    (match) => match[1],
  );
  for (const name of references) expect(Object.keys(document.components.schemas)).toContain(name);
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  );
  expect(operations).toEqual(
    expect.arrayContaining([
      'post /api/v1/pastes',
      'get /api/v1/pastes',
      'get /api/v1/pastes/{slug}',
      'patch /api/v1/pastes/{slug}',
      'delete /api/v1/pastes/{slug}',
      'get /api/v1/pastes/{slug}/raw',
      'get /api/v1/pastes/{slug}/files/{n}/raw',
      'get /api/health',
      'get /api/ready',
      'get /api/cron/sweep',
    ]),
  );
  expect(Object.keys(document.paths['/api/v1/pastes']?.post?.responses ?? {})).toEqual(
    expect.arrayContaining(['201', '400', '413', '415', '422', '429', '503']),
  );
});

test('gives each request an id, and accepts a given one', async ({ api }) => {
  const first = (await api.get('/api/health')).headers.get('x-request-id');
  const second = (await api.get('/api/health')).headers.get('x-request-id');
  expect(first).toMatch(/^[\w-]{8,64}$/);
  expect(second).not.toBe(first);
  const named = await api.get('/api/v1/unknown', { 'x-request-id': 'trace-1234' });
  expect(named.headers.get('x-request-id')).toBe('trace-1234');
  for (const odd of ['a'.repeat(65), 'a b', '<script>']) {
    expect((await api.get('/api/health', { 'x-request-id': odd })).headers.get('x-request-id')).not.toBe(odd);
  }
});

test('reports its duration, for missing pastes only roughly', async ({ api }) => {
  expect((await api.get('/api/health')).headers.get('server-timing')).toMatch(/^total;dur=\d+\.\d$/);
  const absent = await api.get('/api/v1/pastes/unknownPaste');
  expect(absent.headers.get('server-timing')).toMatch(/^total;dur=\d*0$/);
});

test('sends limit headers', async ({ api }) => {
  const answers = [
    await api.get('/api/v1/pastes'),
    await api.get('/api/v1/pastes/unknownPaste'),
    await api.post('/api/v1/pastes', {}),
    await api.send('/api/v1/pastes/unknownPaste', { method: 'PATCH', json: {} }),
    await api.send('/api/v1/pastes/unknownPaste', { method: 'DELETE' }),
  ];
  for (const { headers } of answers) {
    expect(headers.get('ratelimit')).toMatch(/^"\d+s";r=\d+;t=\d+$/);
    expect(headers.get('ratelimit-policy')).toMatch(/^"\d+s";q=\d+;w=\d+(, "\d+s";q=\d+;w=\d+)*$/);
  }
});

test('lets only configured origins read', async ({ api }) => {
  const answer = await api.get('/api/v1/pastes', { origin: 'https://elsewhere.example' });
  expect(answer.headers.has('access-control-allow-origin')).toBe(false);
  expect(answer.headers.has('access-control-allow-credentials')).toBe(false);
  const preflight = await api.send('/api/v1/pastes', {
    method: 'OPTIONS',
    headers: { origin: 'https://elsewhere.example', 'access-control-request-method': 'POST' },
  });
  expect(preflight.status).toBeLessThan(500);
  expect(preflight.headers.has('access-control-allow-origin')).toBe(false);
});

test('gives pages a policy with a fresh nonce', async ({ api, createPaste, sheaf }) => {
  const paste = await createPaste({ content: 'x' });
  const byNext = sheaf.name !== 'front' ? [`/${paste.slug}`, '/unknownPaste'] : [`/${paste.slug}?confirm`];
  for (const path of ['/', '/explore', ...byNext]) {
    const nonces = new Set<string>();
    for (let time = 0; time < 2; time += 1) {
      const page = await api.get(path);
      expect(page.headers.get('content-type')).toMatch(/^text\/html/);
      expectCommonHeaders(page);
      const policy = page.headers.get('content-security-policy') ?? '';
      nonces.add(/'nonce-([^']+)'/.exec(policy)?.[1] ?? '');
      const scripts = page.text.match(/<script\b[^>]*>/g) ?? [];
      for (const script of scripts) expect(script).toContain(`nonce="${[...nonces].at(-1)}"`);
    }
    expect(nonces.size, path).toBe(2);
    expect(nonces).not.toContain('');
  }
});
