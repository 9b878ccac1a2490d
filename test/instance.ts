import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach } from 'vitest';
import { addUser, PASSWORD } from '@/test/test-people';
import { newInvitation } from '../lib/accounts/invitations';
import { startFamily } from '../lib/accounts/tokens/pairs';
import { api } from '../lib/api/app';
import { type Env, env } from '../lib/core/env';
import { createPaste } from '../lib/pastes/create';
import { createPasteSchema } from '../lib/pastes/schema';
import { ANONYMOUS, signedIn } from './callers';

export const ROLES = ['anonymous', 'user', 'moderator', 'admin'] as const;
export type Column = (typeof ROLES)[number];

/** No rule at all. */
const OPEN = {
  WHO_CAN_CREATE: 'everyone',
  WHO_CAN_READ: 'everyone',
  WHO_CAN_REGISTER: 'everyone',
  REGISTRATION_DOMAINS: [],
  PUBLIC_FEED: true,
  MAX_LIFETIME_ANONYMOUS: 'never',
  MAX_LIFETIME_MEMBER: 'never',
  MAX_PASTE_KB_ANONYMOUS: 4096,
  MAX_PASTE_KB_MEMBER: 4096,
  MAX_PASTES_MEMBER: undefined,
} satisfies Partial<Env>;

const bearers: Partial<Record<Column, string>> = {};

/** The link of a public paste, the username of its author, and the address of an admin. */
export const instance = { slug: '', author: '', admin: '' };

/** The rules of the instance for one test. */
export function rule(rules: Partial<Env>): void {
  Object.assign(env(), OPEN, rules);
}

export async function ask(
  path: string,
  { as = 'anonymous', ...init }: RequestInit & { as?: Column } = {},
): Promise<{ status: number; text: string; code?: string; headers: Headers }> {
  const headers = new Headers(init.headers);
  const bearer = bearers[as];
  if (bearer !== undefined) headers.set('Authorization', `Bearer ${bearer}`);
  const response = await api.request(path, { ...init, headers });
  const text = await response.text();
  const isProblem = response.headers.get('content-type') === 'application/problem+json';
  return {
    status: response.status,
    text,
    headers: response.headers,
    ...(isProblem ? { code: JSON.parse(text).code } : {}),
  };
}

export function postJson(path: string, body: unknown, as?: Column) {
  const headers = { 'Content-Type': 'application/json' };
  return ask(path, { method: 'POST', body: JSON.stringify(body), headers, ...(as ? { as } : {}) });
}

/** The ways to create a paste. */
export const CREATES = {
  api: (as: Column, content = 'a text') => postJson('/api/v1/pastes', { content }, as),
  haste: (as: Column, body = 'a text') => ask('/documents', { method: 'POST', body, as }),
  upload: (as: Column, body = 'a text') => ask('/api/v1/uploads', { method: 'POST', body, as }),
  terminal: (as: Column, body = 'a text') => ask('/api/terminal', { method: 'POST', body, as }),
};

/** The ways to read one. */
export const READS = {
  metadata: (as: Column) => ask(`/api/v1/pastes/${instance.slug}`, { as }),
  bytes: (as: Column) => ask(`/api/v1/pastes/${instance.slug}/raw`, { as }),
  raw: (as: Column) => ask(`/${instance.slug}/raw`, as === 'anonymous' ? {} : { as }),
  download: (as: Column) => ask(`/${instance.slug}/download`, { as }),
  haste: (as: Column) => ask(`/documents/${instance.slug}`, { as }),
  feed: (as: Column) => ask('/api/v1/pastes', { as }),
  profile: (as: Column) => ask(`/api/v1/users/${instance.author}`, { as }),
};

export const register = (fields: { email: string; invitation?: string }) =>
  postJson('/api/v1/auth/register', {
    username: `u${randomUUID().slice(0, 8)}`,
    password: PASSWORD,
    ...fields,
  });

export const newEmail = (domain = 'example.com') => `${randomUUID().slice(0, 8)}@${domain}`;

export async function invitationFor(email: string): Promise<string> {
  return (await newInvitation(email)).invitation;
}

/** An instance with a user in each role and a paste, and without rules at the start of each test. */
export function useInstance(): void {
  beforeAll(async () => {
    for (const role of ['user', 'moderator', 'admin'] as const) {
      const user = await addUser({ role });
      bearers[role] = (await startFamily(user, ANONYMOUS)).access_token;
      if (role === 'admin') instance.admin = user.email;
      if (role !== 'user') continue;
      instance.author = user.username;
      const input = createPasteSchema.parse({ content: 'a text', visibility: 'public' });
      instance.slug = (await createPaste(input, signedIn(user))).paste.slug;
    }
  });
  beforeEach(() => rule({}));
}
