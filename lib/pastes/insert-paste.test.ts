import { createHash } from 'node:crypto';
import type pg from 'pg';
import { expect, it, onTestFinished, vi } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { addUser } from '@/test/test-people';
import { ANONYMOUS, signedIn } from '../../test/callers';
import { now } from '../core/clock';
import { isUniqueConflict } from '../core/constraints';
import { pool } from '../core/db';
import { AppError } from '../core/errors';
import { prisma } from '../core/prisma';
import { newUuid } from '../core/uuid';
import { createPaste } from './create';
import { nameCreate } from './idempotency';
import { insertPaste, type NewPaste } from './insert-paste';
import { storeBodies } from './new-files';
import { findPaste } from './queries';
import { createPasteSchema } from './schema';
import { newSlug } from './slug';

useTestDatabase();

const inputOf = (content: string) => createPasteSchema.parse({ content });

async function newPaste(slug: string): Promise<() => Promise<string>> {
  const files = await storeBodies([{ content: slug }], false);
  const paste: NewPaste = {
    id: newUuid(),
    slug,
    ownerId: null,
    title: '',
    visibility: 'unlisted',
    expiresAt: null,
    burnAfter: null,
    editKeyHash: null,
    createdAt: now(),
    secret: null,
  };
  return () => insertPaste(paste, { files, isChosen: false, once: null });
}

/** How many pastes each insert from here on has, to the end of the test. */
function watchInserts(after: () => void | Promise<void> = () => {}): number[] {
  const sizes: number[] = [];
  const query = pool().query.bind(pool()) as (...args: unknown[]) => Promise<unknown>;
  const spy = vi.spyOn(pool(), 'query').mockImplementation(async (...args: unknown[]) => {
    const [statement] = args as [pg.QueryConfig];
    const result = await query(...args);
    // Behind a pooler it has no name.
    if (!/^\s*with item as/.test(statement.text ?? '')) return result;
    sizes.push((JSON.parse(statement.values?.[0]) as unknown[]).length);
    await after();
    return result;
  });
  onTestFinished(() => spy.mockRestore());
  return sizes;
}

it('inserts the pastes of concurrent guests in a few statements, each as it is read', async () => {
  const sizes = watchInserts();
  const files = [
    { name: 'a.ts', content: 'let a;\n' },
    { name: 'б.txt', content: '"\\ \u{1f980}\r\n' },
  ];
  const made = await Promise.all(
    Array.from({ length: 40 }, (_, number) => {
      const input = { title: `“${number}” \\x00`, visibility: 'public', files, expires_in: '1d' };
      return createPaste(createPasteSchema.parse(input), ANONYMOUS);
    }),
  );
  expect(sizes.reduce((sum, size) => sum + size)).toBe(40);
  expect(sizes.length).toBeLessThan(20);
  for (const { paste } of made) expect(await findPaste(paste.slug, now())).toEqual(paste);
});

it('gives each of concurrent creates its own outcome', async () => {
  const [owner, other] = [signedIn(await addUser()), signedIn(await addUser())];
  const chosen = { ...inputOf('chosen'), slug: 'chosen-once' };
  const blocked = createHash('sha256').update('blocked').digest();
  await prisma().blockedHash.create({ data: { sha256: blocked, reason: 'spam', blockedAt: now() } });
  const once = { once: nameCreate('again', { caller: 'a:203.0.113.1', input: {} }) };
  const creates = [
    ...['one', 'blocked', 'two', 'blocked', 'three'].map((text) => createPaste(inputOf(text), ANONYMOUS)),
    ...[owner, other].map((caller) => createPaste(chosen, caller)),
    ...['four', 'four'].map((text) => createPaste(inputOf(text), ANONYMOUS, once)),
  ];
  const outcomes = (await Promise.allSettled(creates)).map((outcome) => {
    if (outcome.status === 'fulfilled') return outcome.value.replayed ? 'replayed' : 'created';
    return outcome.reason instanceof AppError ? outcome.reason.code : String(outcome.reason);
  });
  const [one, blockedOne, two, blockedTwo, three, ...rest] = outcomes;
  expect([one, two, three]).toEqual(['created', 'created', 'created']);
  expect([blockedOne, blockedTwo]).toEqual(['validation_failed', 'validation_failed']);
  expect(rest.slice(0, 2).sort()).toEqual(['created', 'slug_taken']);
  expect(rest.slice(2).sort()).toEqual(['created', 'replayed']);
  expect(await prisma().file.count({ where: { sha256: blocked } })).toBe(0);
});

it('inserts the others when one of them has a slug that is in use', async () => {
  const slugs = [newSlug(), newSlug(), newSlug()];
  const [used = ''] = slugs;
  await (await newPaste(used))();
  const inserts = await Promise.all([...slugs, newSlug()].map(newPaste));
  const sizes = watchInserts();
  const [conflict, ...others] = await Promise.allSettled(inserts.map((insert) => insert()));
  expect(conflict?.status === 'rejected' && isUniqueConflict(conflict.reason)).toBe(true);
  expect(others.map((other) => other.status === 'fulfilled' && other.value)).toEqual(
    Array(3).fill('inserted'),
  );
  expect(sizes).toEqual([1, 1, 1]);
  const found = await Promise.all(slugs.map((slug) => findPaste(slug, now())));
  expect(found.map((paste) => paste?.slug)).toEqual(slugs);
});

it('repeats a statement for each of its pastes at the same time', async () => {
  const [used = '', ...free] = [newSlug(), newSlug(), newSlug()];
  await (await newPaste(used))();
  const inserts = await Promise.all([used, ...free].map(newPaste));
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const sizes = watchInserts(() => released);
  const outcomes = Promise.allSettled(inserts.map((insert) => insert()));
  await vi.waitFor(() => expect(sizes).toEqual([1, 1]));
  release();
  expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
});

it('does not repeat a statement whose outcome is unknown', async () => {
  const slugs = [newSlug(), newSlug()];
  const inserts = await Promise.all(slugs.map(newPaste));
  const sizes = watchInserts(() => {
    throw new Error('Connection terminated unexpectedly');
  });
  const outcomes = await Promise.allSettled(inserts.map((insert) => insert()));
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(sizes).toEqual([2]);
});
