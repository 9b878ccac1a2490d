import { z } from 'zod';
import { expect } from '../fixtures';
import { bearerOf, PASSWORD, signedInShape } from './accounts';
import type { Answer, Api } from './api';

export const V1 = '/api/v1';
const slugShape = z.looseObject({ slug: z.string() });
export type Headers = Record<string, string>;

export async function change(api: Api, request: Parameters<Api['send']>): Promise<Answer> {
  const answer = await api.send(...request);
  expect(answer.status, answer.text).toBeLessThan(300);
  return answer;
}

export async function create(
  api: Api,
  { headers, ...paste }: { headers: Headers } & Record<string, unknown>,
) {
  return (await change(api, [`${V1}/pastes`, { method: 'POST', headers, json: paste }])).json(slugShape).slug;
}

/** Reads a paste in each way; its page is for those who need no token. */
export async function read(api: Api, { slug, headers = {} }: { slug: string; headers?: Headers }) {
  const paths = [
    `/${slug}/raw`,
    `${V1}/pastes/${slug}?content=1`,
    ...('authorization' in headers ? [] : [`/${slug}`]),
  ];
  return Promise.all(paths.map((path) => api.get(path, headers)));
}

export async function expectText(
  apis: readonly Api[],
  paste: { slug: string; headers?: Headers },
  text: string,
) {
  for (const api of apis) {
    for (const answer of await read(api, paste)) {
      expect(answer.status, answer.text).toBe(200);
      expect(answer.text).toContain(text);
    }
  }
}

export async function expectAbsent(apis: readonly Api[], paste: { slug: string; headers?: Headers }) {
  for (const api of apis) {
    expect(new Set((await read(api, paste)).map(({ status }) => status))).toEqual(new Set([404]));
  }
}

export async function logIn(api: Api, email: string, password = PASSWORD): Promise<Headers> {
  const answer = await change(api, [`${V1}/auth/login`, { method: 'POST', json: { email, password } }]);
  return bearerOf(answer.json(signedInShape).token);
}

export async function expectSignedIn(apis: readonly Api[], bearer: Headers, status: 200 | 401) {
  for (const api of apis) {
    expect((await api.get(`${V1}/users/me`, bearer)).status).toBe(status);
  }
}
