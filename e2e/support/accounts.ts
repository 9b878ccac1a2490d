import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { z } from 'zod';
import type { Answer, Api } from './api';
import { tokenIn, waitForMail } from './mail';
import type { Mount } from './mounts';
import { query } from './storage';

// Promises of the API, written down a second time on purpose.

export const userShape = z.strictObject({
  uuid: z.uuid(),
  email: z.email().optional(),
  username: z.string().min(3),
  name: z.string().nullable(),
  role: z.enum(['user', 'moderator', 'admin']),
  email_verified: z.boolean(),
  profile_image_url: z.url(),
  created_at: z.iso.datetime(),
});

const tokenPairShape = z.strictObject({
  access_token: z.string().regex(/^[\w-]+\.[\w-]+\.[\w-]+$/),
  refresh_token: z.string().min(32),
  token_type: z.literal('bearer'),
  expires_in: z.literal(900),
});

export const registeredShape = z.strictObject({ user: userShape, token: z.null() });
export const signedInShape = z.strictObject({ user: userShape, token: tokenPairShape });
export const refreshedShape = z.strictObject({ token: tokenPairShape });

export const PASSWORD = 'a long walk by the sea';
const V1 = '/api/v1';

export interface Newcomer {
  email: string;
  username: string;
  password: string;
}

export interface Member extends Newcomer {
  uuid: string;
  token: z.output<typeof tokenPairShape>;
  bearer: { authorization: string };
}

/** A person unknown to other tests. */
export function newcomer(): Newcomer {
  const username = `m-${randomBytes(6).toString('hex')}`;
  return { email: `${username}@example.com`, username, password: PASSWORD };
}

export function bearerOf({ access_token }: { access_token: string }) {
  return { authorization: `Bearer ${access_token}` };
}

/** Signs in with a password. */
export async function bearerFor(api: Api, { username, password }: Pick<Newcomer, 'username' | 'password'>) {
  const answer = await api.post(`${V1}/auth/login`, { username, password });
  return bearerOf(answer.json(signedInShape).token);
}

/** Registers a user and confirms the address with the token in the mail. */
export async function join(api: Api, sheaf: Mount): Promise<Member> {
  const person = newcomer();
  const registered = await api.post(`${V1}/auth/register`, person);
  if (registered.status !== 201)
    throw new Error(`Registration failed: ${registered.status} ${registered.text}`);
  const mail = await waitForMail(sheaf.mailFolder, person.email);
  const token = tokenIn(mail, '/verify-email');
  const verified = await api.post(`${V1}/auth/verify-email`, { token, password: person.password });
  const { user, token: pair } = verified.json(signedInShape);
  return { ...person, uuid: user.uuid, token: pair, bearer: bearerOf(pair) };
}

/** The first admin of an installation is appointed in the database; no API can do it. */
export async function appoint(sheaf: Mount, { uuid }: { uuid: string }, role: string): Promise<void> {
  await query(sheaf.databaseUrl, 'update users set role = $2::"Role" where id = $1::uuid', [uuid, role]);
}

export function whoAmI(api: Api, token: { access_token: string }): Promise<Answer> {
  return api.get(`${V1}/users/me`, bearerOf(token));
}

/** Posts JSON under another name of the host than the one that is connected to; gives the status. */
export function postAsHost(url: string, { host, json }: { host: string; json: unknown }): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { host, 'x-forwarded-host': host, 'content-type': 'application/json' };
    const posted = request(url, { method: 'POST', headers, agent: false }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
    });
    posted.on('error', reject);
    posted.end(JSON.stringify(json));
  });
}
