import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { codeOf } from '@/test/error-codes';
import { useTestClock } from '@/test/test-clock';
import { useTestDatabase } from '@/test/test-env';
import { addUser } from '@/test/test-people';
import { signedIn } from '../../test/callers';
import type { Caller, Member } from '../core/caller';
import { pool } from '../core/db';
import { prisma } from '../core/prisma';
import { RESERVED_WORDS } from '../core/reserved-words';
import { createPaste } from './create';
import { deletePaste } from './delete';
import { nameCreate } from './idempotency';
import { listOwnPastes } from './list-queries';
import { listOwnPastesSchema, OWN_ORDER_NAMES } from './list-schema';
import { createPasteSchema, MAX_TEXT_BYTES } from './schema';
import { newSlug } from './slug';
import { updatePaste } from './update';

useTestDatabase();

const testClock = useTestClock();

const START = Date.parse('2030-01-01T00:00:00Z');

function holdClock(minutes: number): Date {
  const at = new Date(START + minutes * 60_000);
  testClock.set(() => at);
  return at;
}

const member = async (): Promise<Member> => signedIn(await addUser());

async function create(by: Caller, fields: Record<string, unknown>): Promise<string> {
  const text = 'files' in fields ? {} : { content: 'x' };
  return (await createPaste(createPasteSchema.parse({ ...text, ...fields }), by)).paste.slug;
}

describe('listOwnPastes', () => {
  async function titles(by: Member, filter: Record<string, string> = {}): Promise<string[]> {
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const query = listOwnPastesSchema.parse({ limit: '2', ...filter, ...(cursor ? { cursor } : {}) });
      const page = await listOwnPastes(by.user.id, query, new Date(START + 10 * 60_000));
      expect(page.items.length).toBeLessThanOrEqual(2);
      found.push(...page.items.map(({ title }) => title));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return found;
  }

  async function fillShelf(): Promise<Member> {
    const me = await member();
    holdClock(0);
    const delta = await create(me, { title: 'delta', expires_in: '1y', visibility: 'private' });
    await create(await member(), { title: 'by another user', visibility: 'public' });
    holdClock(1);
    await create(me, { title: 'Alpha 100%', expires_in: '1d', files: [{ name: 'a.py', content: 'x' }] });
    await create(me, { title: 'alpha 100%', visibility: 'public' });
    holdClock(2);
    await create(me, { title: 'Charlie', expires_in: '1w' });
    await create(me, { title: 'expired', expires_in: 'PT1M' });
    await deletePaste(await create(me, { title: 'deleted' }), me);
    holdClock(3);
    await create(me, { title: 'bravo\u{1f4dc}' });
    await updatePaste(delta, { files: [{ content: 'y' }] }, { caller: me });
    return me;
  }

  it('keeps every order across pages, and lists only the owner’s live pastes', async () => {
    const me = await fillShelf();
    const orders = await Promise.all(
      OWN_ORDER_NAMES.map(async (sort) => [sort, await titles(me, { sort })] as const),
    );
    const { newest = [], oldest = [], changed = [], expiring = [], title = [] } = Object.fromEntries(orders);
    const firstOf = (list: string[]) => list.map((one) => one[0]);
    expect(firstOf(newest).map((letter) => letter?.toLowerCase())).toEqual(['b', 'c', 'a', 'a', 'd']);
    expect(oldest).toEqual([...newest].reverse());
    expect([...changed.slice(0, 2)].sort()).toEqual(['bravo\u{1f4dc}', 'delta']);
    expect(firstOf(expiring).slice(0, 3)).toEqual(['A', 'C', 'd']);
    expect(title.map((one) => one.toLowerCase())).toEqual([
      'alpha 100%',
      'alpha 100%',
      'bravo\u{1f4dc}',
      'charlie',
      'delta',
    ]);
    for (const [, list] of orders) expect(new Set(list).size).toBe(5);
  });

  it('finds by visibility, language and literal text', async () => {
    const me = await fillShelf();
    expect(await titles(me, { visibility: 'private' })).toEqual(['delta']);
    expect(await titles(me, { language: 'python' })).toEqual(['Alpha 100%']);
    expect((await titles(me, { q: '0%' })).sort()).toEqual(['Alpha 100%', 'alpha 100%']);
    expect(await titles(me, { q: 'a.py' })).toEqual(['Alpha 100%']);
    expect(await titles(me, { q: '_' })).toEqual([]);
  });

  it('lists hidden ones, with the reason', async () => {
    const me = await member();
    const slug = await create(me, { title: 'hidden' });
    await prisma().paste.update({ where: { slug }, data: { hiddenAt: new Date(), hiddenReason: 'why' } });
    const page = await listOwnPastes(me.user.id, listOwnPastesSchema.parse({}), new Date());
    expect(page.items.map(({ hiddenReason }) => hiddenReason)).toEqual(['why']);
  });

  it('pages through titles of the greatest length', async () => {
    const me = await member();
    holdClock(0);
    const longest = 'я'.repeat(200);
    for (const _ of [1, 2, 3]) await create(me, { title: longest });
    expect(await titles(me, { sort: 'title' })).toEqual([longest, longest, longest]);
  });

  it('rejects an invalid cursor, or one of another sort order', async () => {
    const me = await fillShelf();
    const query = (filter: Record<string, string>) =>
      listOwnPastes(me.user.id, listOwnPastesSchema.parse({ limit: '1', ...filter }), new Date(START));
    const byTitle = (await query({ sort: 'title' })).nextCursor ?? '';
    const id = '0190a0a0-0000-7000-8000-000000000000';
    const made = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const cursors = [
      // Days that do not exist, which JavaScript would convert to other days.
      made([id, '2021-02-29T00:00:00.000Z']),
      made([id, '0000-01-01T00:00:00.000Z']),
      'x',
      byTitle,
      made([id, '2030-01-01']),
      made([id, "'; drop table pastes; --"]),
      made([id]),
      made(['x', '2030-01-01T00:00:00.000Z']),
      made({ 0: id, 1: 'infinity' }),
      made('[['.repeat(100)),
    ];
    for (const cursor of cursors) {
      expect([cursor, await codeOf(query({ sort: 'expiring', cursor }))]).toEqual([
        cursor,
        'validation_failed',
      ]);
    }
    expect(await codeOf(query({ sort: 'title', cursor: made([id, 'a\0b']) }))).toBe('validation_failed');
  });
});

describe('a chosen slug', () => {
  it('is 3 to 64 lowercase letters, digits and hyphens, and not a reserved word', () => {
    const fits = (slug: string) => createPasteSchema.safeParse({ content: 'x', slug }).success;
    const good = ['abc', '007', 'a-b', 'a'.repeat(64)];
    const bad = ['ab', 'a'.repeat(65), 'Abc', 'a_b', 'a.b', 'a/b', 'а-cyrillic', 'abc\n', '', 'a b c'];
    expect([...good, ...bad, ...RESERVED_WORDS].filter(fits)).toEqual(good);
  });

  it('belongs to its first user permanently, even after the paste is deleted', async () => {
    const [me, other] = [await member(), await member()];
    await create(me, { slug: 'release-notes' });
    expect(await codeOf(create(other, { slug: 'release-notes' }))).toBe('slug_taken');
    expect(await codeOf(create(me, { slug: 'release-notes' }))).toBe('slug_taken');
    await deletePaste('release-notes', me);
    expect(await codeOf(create(other, { slug: 'release-notes' }))).toBe('slug_taken');
    expect(await create(me, { slug: 'release-notes' })).toBe('release-notes');
  });

  it('stays free if the create request that chose it fails', async () => {
    const [me, other] = [await member(), await member()];
    const tooLarge = createPaste({ files: [{ content: 'x'.repeat(MAX_TEXT_BYTES + 1) }], slug: 'huge' }, me);
    expect(await codeOf(tooLarge)).toBe('too_large');
    // Rejected by the database itself, after the slug was taken.
    const broken = createPaste({ files: [{ content: 'x' }], title: 'nul \0', slug: 'broken' }, me);
    await expect(broken).rejects.toThrow();
    const late = { files: [{ content: 'x' }], slug: 'late', expires_at: new Date(0) };
    expect(await codeOf(createPaste(late, me))).toBe('validation_failed');
    expect(await prisma().chosenSlug.count({ where: { slug: { in: ['huge', 'broken', 'late'] } } })).toBe(0);
    for (const slug of ['huge', 'broken', 'late']) expect(await create(other, { slug })).toBe(slug);
  });

  it('is never a former random slug, including one from before random slugs had a capital letter', async () => {
    const me = await member();
    const slug = 'abcdefghjk23';
    await prisma().paste.create({ data: { slug } });
    const kept = await create(me, { slug: 'kept-by-me' });
    const folder = fileURLToPath(new URL('../../prisma/migrations/', import.meta.url));
    const sql = await readFile(`${folder}20261128144500_reserve_random_slugs/migration.sql`, 'utf8');
    await pool().query(sql);
    await prisma().paste.delete({ where: { slug } });
    expect(await codeOf(create(me, { slug }))).toBe('slug_taken');
    await deletePaste(kept, me);
    expect(await create(me, { slug: kept })).toBe(kept);
  });

  it('is answered alike to two tries of one create at once', async () => {
    const me = await member();
    const input = { files: [{ content: 'x' }], slug: 'tried-twice' };
    const once = nameCreate('key', { caller: me.user.id, input });
    const made = await Promise.all([1, 2, 3].map(() => createPaste(input, me, { once })));
    expect(new Set(made.map(({ paste }) => paste.id)).size).toBe(1);
    expect(made.filter(({ replayed }) => !replayed)).toHaveLength(1);
  });

  it('is claimed by only one of many at once', async () => {
    const many = await Promise.all(Array.from({ length: 10 }, () => member()));
    const outcomes = await Promise.allSettled(many.map((one) => create(one, { slug: 'contested' })));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const codes = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []));
    expect([...new Set(codes)]).toEqual(['slug_taken']);
  });

  it('cannot be the random slug of a paste that lives', async () => {
    const me = await member();
    const slug = newSlug().toLowerCase();
    const { id } = (await createPaste(createPasteSchema.parse({ content: 'x' }), me)).paste;
    await prisma().paste.update({ where: { id }, data: { slug } });
    expect(await codeOf(create(await member(), { slug }))).toBe('slug_taken');
  });
});
