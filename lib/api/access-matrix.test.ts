import { beforeAll, describe, expect, it } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { holdMail } from '@/test/test-people';
import { ask, prepareRequests } from '../../test/access-requests';
import { CALLERS, ROWS } from '../../test/route-access';
import { api } from './app';
import { describeApi } from './openapi-document';

useTestDatabase({ RATE_LIMIT_SCALE: '100000', CONTACT_EMAIL: 'abuse@example.org' });

holdMail();

beforeAll(prepareRequests);

describe('the table', () => {
  it('contains exactly the existing routes', () => {
    const registered = api.routes
      .filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method} ${path}`);
    expect([...new Set(ROWS.map(({ route }) => route))].sort()).toEqual([...new Set(registered)].sort());
  });

  it('has a row for every route', () => {
    expect(ROWS.filter(({ statuses }) => statuses.length !== CALLERS.length)).toEqual([]);
  });
});

describe('every route, for every caller', () => {
  for (const row of ROWS) {
    it(`${row.route} ${row.which}`, async () => {
      const answers: Response[] = [];
      for (const caller of CALLERS) answers.push(await ask(caller, row));
      expect(answers.map(({ status }) => status)).toEqual(row.statuses);
      for (const answer of answers) {
        if (answer.status === 401) expect(answer.headers.get('www-authenticate')).toBe('Bearer');
        const text = await answer.text();
        expect(text).not.toMatch(/\$argon2|"hash"|edit_key_hash|session_?token/i);
      }
    });
  }
});

describe('the description of the API', () => {
  it('documents every status of the table', () => {
    const { paths = {} } = describeApi(api);
    const silent = ROWS.flatMap(({ route, statuses }) => {
      const [method = '', pattern = ''] = route.split(' ');
      const described = paths[pattern.replace(/:(\w+)/g, '{$1}')];
      // The document needs no credential, and says so.
      if (!described || !pattern.startsWith('/api/v1/') || pattern.endsWith('.json')) return [];
      const operation = Object.entries(described).find(([name]) => name === method.toLowerCase())?.[1];
      const told = Object.keys(operation?.responses ?? {}).map(Number);
      return [...new Set(statuses)]
        .filter((status) => !told.includes(status))
        .map((status) => `${route} ${status}`);
    });
    expect(silent).toEqual([]);
  });
});
