import { expect, test } from './fixtures';
import { join } from './support/accounts';
import { Api } from './support/api';
import { expectProblem } from './support/checks';
import { makeFolder, startFront } from './support/mounts';

test('limits how often contacts are created and listed', async ({ sheaf, cleanup }) => {
  const dataFolder = await makeFolder(cleanup);
  const server = await startFront({ dataFolder, env: { RATE_LIMIT_SCALE: '1' } });
  cleanup.add(() => server.stop());
  const api = new Api(server.url);
  const member = await join(api, { ...sheaf, url: server.url, mailFolder: `${dataFolder}/mail` });
  const send = (method: string, json?: unknown) =>
    api.send('/api/v1/contacts', {
      method,
      headers: member.bearer,
      ...(json === undefined ? {} : { json }),
    });
  for (let n = 0; n < 30; n += 1) expect((await send('POST', { first_name: `N${n}` })).status).toBe(201);
  const rejected = await send('POST', { first_name: 'one more' });
  expectProblem(rejected, 429, 'rate_limited');
  expect(Number(rejected.headers.get('retry-after'))).toBeGreaterThan(0);
  const listed = await send('GET');
  expect(listed.headers.get('ratelimit-policy')).toContain('q=120;w=60');
  for (let n = 1; n < 120; n += 1) expect((await send('GET')).status).toBe(200);
  expectProblem(await send('GET'), 429, 'rate_limited');
});
