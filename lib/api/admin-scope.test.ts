import { beforeAll, describe, expect, it } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { addUser } from '@/test/test-people';
import { signedIn } from '../../test/callers';
import { createPersonalToken } from '../accounts/tokens/personal';
import { SCOPES, type Scope } from '../accounts/tokens/schema';
import { updateUser } from '../admin/service';
import type { UserRecord } from '../core/caller';
import { prisma } from '../core/prisma';
import { createPaste } from '../pastes/create';
import { createPasteSchema } from '../pastes/schema';
import { api } from './app';

useTestDatabase({ RATE_LIMIT_SCALE: '100000' });

let admin: UserRecord;
let slug: string;

beforeAll(async () => {
  admin = await addUser({ role: 'admin' });
  const author = await addUser();
  const input = createPasteSchema.parse({ content: 'between us', visibility: 'private' });
  slug = (await createPaste(input, signedIn(author))).paste.slug;
});

async function tokenWith(user: UserRecord, scopes: readonly Scope[]): Promise<string> {
  const input = { name: 'x', scopes: [...scopes], expires_in: 'never' };
  return (await createPersonalToken(signedIn(user), input)).token ?? '';
}

async function statusOf(request: string, token: string, json?: unknown): Promise<number> {
  const [method = '', path = ''] = request.split(' ');
  const headers = new Headers({ authorization: `Bearer ${token}` });
  if (json !== undefined) headers.set('content-type', 'application/json');
  const body = json === undefined ? {} : { body: JSON.stringify(json) };
  return (await api.request(path, { method, headers, ...body })).status;
}

const READS = () => [
  `GET /api/v1/pastes/${slug}`,
  `GET /api/v1/pastes/${slug}?content=1`,
  `GET /api/v1/pastes/${slug}/raw`,
  `GET /${slug}/raw`,
  `GET /${slug}/download`,
  `GET /documents/${slug}`,
];

describe('a personal token of an admin', () => {
  it('sees and changes what a user’s would, unless it has the scope admin', async () => {
    const token = await tokenWith(
      admin,
      SCOPES.filter((scope) => scope !== 'admin'),
    );
    for (const read of READS()) expect([read, await statusOf(read, token)]).toEqual([read, 404]);
    const hide = `POST /api/v1/pastes/${slug}/hide`;
    expect(await statusOf(hide, token, { reason: 'x' })).toBe(404);
    expect(await statusOf(`DELETE /api/v1/pastes/${slug}`, token)).toBe(404);
    expect(await statusOf('GET /api/v1/admin/users', token)).toBe(403);
    const kept = await prisma().paste.findUniqueOrThrow({ where: { slug } });
    expect([kept.deletedAt, kept.hiddenAt]).toEqual([null, null]);
    // It is still the token of an admin, as its owner sees.
    const me = await api.request('/api/v1/users/me', { headers: { authorization: `Bearer ${token}` } });
    expect(await me.json()).toMatchObject({ role: 'admin' });
  });

  it('has the powers of the role with it, and loses them with the role, at once', async () => {
    const other = await addUser({ role: 'admin' });
    const token = await tokenWith(other, SCOPES);
    for (const read of READS()) expect([read, await statusOf(read, token)]).toEqual([read, 200]);
    expect(await statusOf('GET /api/v1/admin/users', token)).toBe(200);
    expect(await statusOf('GET /api/v1/pastes', await tokenWith(other, ['admin']))).toBe(403);
    await updateUser(other.id, { role: 'user' }, admin);
    for (const read of READS()) expect([read, await statusOf(read, token)]).toEqual([read, 404]);
    expect(await statusOf('GET /api/v1/admin/users', token)).toBe(404);
    expect(await statusOf(`DELETE /api/v1/pastes/${slug}`, token)).toBe(404);
  });
});
