import { expect, it } from 'vitest';
import { retryOutages } from '@/test/retry-outages';
import { useTestDatabase } from '@/test/test-env';
import { ANONYMOUS, signedInAs } from '../../test/callers';
import { now, setClock } from '../core/clock';
import { AppError } from '../core/errors';
import { prisma } from '../core/prisma';
import { claimPaste } from './claim';
import { createPaste } from './create';
import { deletePaste } from './delete';
import { hashEditKey } from './edit-key';
import { nameCreate } from './idempotency';

useTestDatabase();

const input = { files: [{ content: 'once' }] };
const key = (name: string, caller = 'a:203.0.113.1') => nameCreate(name, { caller, input });

it('creates one paste for a retried create, and returns the same edit key', async () => {
  const once = key('again');
  const first = await createPaste(input, ANONYMOUS, { once });
  const second = await createPaste(input, ANONYMOUS, { once });
  expect(second).toEqual({ ...first, replayed: true });
  expect(first.editKey).toMatch(/^[\w-]{22}$/);
  const rows = await prisma().idempotentCreate.findMany();
  expect(JSON.stringify(rows)).not.toContain(first.editKey);
});

it('creates one paste for fifty concurrent requests', async () => {
  const before = await prisma().paste.count();
  const once = key('at-once');
  const create = () => retryOutages(() => createPaste(input, ANONYMOUS, { once }));
  const made = await Promise.all(Array.from({ length: 50 }, create));
  expect(new Set(made.map(({ paste }) => paste.slug)).size).toBe(1);
  expect(new Set(made.map(({ editKey }) => editKey)).size).toBe(1);
  expect(await prisma().paste.count()).toBe(before + 1);
});

it('is each caller’s own, and for one request', async () => {
  const mine = await createPaste(input, ANONYMOUS, { once: key('shared') });
  const theirs = await createPaste(input, ANONYMOUS, { once: key('shared', 'a:203.0.113.2') });
  expect(theirs.paste.slug).not.toBe(mine.paste.slug);
  const other = { files: [{ content: 'something else' }] };
  const once = nameCreate('shared', { caller: 'a:203.0.113.1', input: other });
  const rejection = await createPaste(other, ANONYMOUS, { once }).catch((error: unknown) => error);
  expect(rejection).toBeInstanceOf(AppError);
  expect(rejection).toMatchObject({
    code: 'validation_failed',
    fields: [{ message: 'idempotency_key_reused' }],
  });
});

it('returns nothing of a paste that has a new owner', async () => {
  const once = key('claimed');
  const { paste, editKey } = await createPaste(input, ANONYMOUS, { once });
  const { id } = await prisma().user.create({
    data: { email: 'claimer@example.com', username: 'claimer' },
    select: { id: true },
  });
  await claimPaste({ slug: paste.slug, editKey: editKey ?? '' }, signedInAs(id));
  const rejection = await createPaste(input, ANONYMOUS, { once }).catch((error: unknown) => error);
  expect(rejection).toMatchObject({ code: 'conflict' });
});

it('is forgotten with the paste, and after a day', async () => {
  const once = key('gone');
  const first = await createPaste(input, ANONYMOUS, { once });
  await deletePaste(first.paste.slug, { ...ANONYMOUS, editKeyHash: hashEditKey(first.editKey ?? '') });
  const second = await createPaste(input, ANONYMOUS, { once });
  expect(second.paste.slug).not.toBe(first.paste.slug);
  const later = new Date(now().getTime() + 86_400_001);
  const restore = setClock(() => later);
  try {
    const third = await createPaste(input, ANONYMOUS, { once });
    expect(third.paste.slug).not.toBe(second.paste.slug);
  } finally {
    restore();
  }
});

it.each(['', 'two words', 'ключ', 'x'.repeat(256)])('rejects the key %j', (name) => {
  expect(() => key(name)).toThrow(AppError);
});
