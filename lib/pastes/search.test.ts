import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { addUser } from '@/test/test-people';
import { ANONYMOUS, signedIn } from '../../test/callers';
import { toAppError } from '../core/app-error';
import type { Member } from '../core/caller';
import { pool, searchPool } from '../core/db';
import { env } from '../core/env';
import { prisma } from '../core/prisma';
import { createPaste } from './create';
import { restoreRevision } from './history';
import { LIST_WINDOW, listOwnPastes, listPublicPastes } from './list-queries';
import { type ListPastes, listOwnPastesSchema } from './list-schema';
import { findPaste } from './queries';
import { createPasteSchema } from './schema';
import { updatePaste } from './update';

useTestDatabase();

afterEach(() => withoutTimeLimit('truncate pastes cascade'));

const NOW = new Date();
const FILL_MIGRATION = join(
  import.meta.dirname,
  '../../prisma/migrations/20261129020100_fill_paste_search/migration.sql',
);

const create = async (fields: object, caller = ANONYMOUS) =>
  (await createPaste(createPasteSchema.parse({ content: 'x', ...fields }), caller)).paste;

const member = async (): Promise<Member> => signedIn(await addUser());

const found = async (filter: Partial<ListPastes>) =>
  (await listPublicPastes({ limit: 20, ...filter }, new Date())).items.map(({ slug }) => slug);

async function readSearchRows() {
  const { rows } = await pool().query(`select p.slug, p.haystack,
      (select array_agg(l.language order by l.language) from feed_languages l
        where l.paste_id = p.id and l.created_at = p.created_at) as languages
    from pastes p order by p.slug`);
  return rows;
}

async function withoutTimeLimit(text: string, values: unknown[] = []): Promise<void> {
  const client = new pg.Client({ connectionString: env().DATABASE_URL });
  await client.connect();
  await client.query(text, values).finally(() => client.end());
}

/** Public pastes that are newer than all others, as many as a list looks at for one page. */
async function fillWindow(ownerId: string | null = null): Promise<void> {
  await withoutTimeLimit(
    `insert into pastes (id, slug, title, visibility, owner_id, haystack, created_at, updated_at)
     select gen_random_uuid(), 'N' || n, 'New ' || n, 'public', $2, E'\\nnew ' || n || E'\\n',
       $1::timestamptz - n * interval '1 ms', $1
     from generate_series(0, $3::int - 1) n`,
    [NOW, ownerId, LIST_WINDOW],
  );
}

/** Every page of a list. */
async function readAll(read: (cursor: string | undefined) => ReturnType<typeof listPublicPastes>) {
  const pages: string[][] = [];
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    pages.push(page.items.map(({ title }) => title));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return pages;
}

describe('what a search reads', () => {
  it('is what the migration computes for pastes from before it', async () => {
    await create({ title: '' });
    await create({ title: 'ÉTÉ 100% «Ёж»', visibility: 'public' });
    await create({
      title: 'İ ΟΔΟΣ straße ﬁ e\u0301',
      visibility: 'public',
      content: undefined,
      files: [
        { name: 'B.rs', content: 'x' },
        { name: '', language: 'python', content: 'y' },
        { name: 'a.py', content: 'z' },
      ],
    });
    const me = await member();
    const edited = await create({ title: 'edited', visibility: 'public' }, me);
    await updatePaste(edited.slug, { files: [{ name: 'new.go', content: 'x' }] }, { caller: me });
    const before = await readSearchRows();
    expect(before.map(({ languages }) => languages).filter((one) => one !== null)).toHaveLength(3);
    await pool().query(`update pastes set haystack = ''`);
    await pool().query('delete from feed_languages');
    await pool().query(await readFile(FILL_MIGRATION, 'utf8'));
    expect(await readSearchRows()).toEqual(before);
  });

  it('follows every change of title, files and visibility', async () => {
    const me = await member();
    const { slug } = await create(
      { title: 'first', visibility: 'public', content: undefined, files: [{ name: 'one.rs', content: 'x' }] },
      me,
    );
    const edit = (input: Parameters<typeof updatePaste>[1]) => updatePaste(slug, input, { caller: me });
    await edit({ title: 'second' });
    expect([await found({ q: 'first' }), await found({ q: 'second' })]).toEqual([[], [slug]]);
    await edit({ files: [{ name: 'two.py', content: 'x' }] });
    expect([await found({ q: 'one.rs' }), await found({ q: 'two.py' })]).toEqual([[], [slug]]);
    expect([await found({ language: 'rust' }), await found({ language: 'python' })]).toEqual([[], [slug]]);
    await edit({ text: { content: 'y', language: 'go' } });
    expect([await found({ q: 'two.py' }), await found({ language: 'go' })]).toEqual([[slug], [slug]]);
    await restoreRevision(slug, 1, me);
    expect([await found({ q: 'one.rs' }), await found({ language: 'rust' })]).toEqual([[slug], [slug]]);
    await edit({ visibility: 'private' });
    expect([await found({ q: 'second' }), await found({ language: 'rust' })]).toEqual([[], []]);
    expect(await prisma().feedLanguage.count()).toBe(0);
    await edit({ visibility: 'public' });
    expect([await found({ q: 'second' }), await found({ language: 'rust' })]).toEqual([[slug], [slug]]);
  });
});

describe('a list of more pastes than one page looks at', () => {
  it('has an older match at once, by the index', async () => {
    const { slug } = await create({ title: 'Old needle', visibility: 'public' });
    await prisma().paste.update({
      where: { slug },
      data: { createdAt: new Date(NOW.getTime() - 86_400_000) },
    });
    await fillWindow();
    // On a busy machine the index may not answer in time.
    await vi.waitFor(async () => {
      const page = await listPublicPastes({ limit: 20, q: 'NEEDLE' }, NOW);
      expect([page.items.map((paste) => paste.slug), page.nextCursor]).toEqual([[slug], null]);
      expect((await listPublicPastes({ limit: 20, q: 'absent' }, NOW)).nextCursor).toBeNull();
    }, 20_000);
  });

  it('continues behind what it looked at if the search has no trigram', async () => {
    const { slug } = await create({ title: 'Old ☃', visibility: 'public' });
    await prisma().paste.update({
      where: { slug },
      data: { createdAt: new Date(NOW.getTime() - 86_400_000) },
    });
    await fillWindow();
    const pages = await readAll((cursor) => listPublicPastes({ limit: 20, q: '☃', cursor }, NOW));
    expect(pages).toEqual([[], ['Old ☃']]);
  });

  it('continues there too if the index has too many candidates to look through in time', async () => {
    const { slug } = await create({ title: 'Old needle', visibility: 'public' });
    await prisma().paste.update({
      where: { slug },
      data: { createdAt: new Date(NOW.getTime() - 86_400_000) },
    });
    await fillWindow();
    const blocker = new pg.Client({ connectionString: env().DATABASE_URL });
    await blocker.connect();
    const connect = searchPool().connect.bind(searchPool());
    const spy = vi.spyOn(searchPool(), 'connect').mockImplementation((async (...args: []) => {
      // Not for the single queries, which pass a callback.
      if (args.length === 0) await blocker.query('begin; lock table pastes in access exclusive mode');
      return connect(...args);
    }) as typeof connect);
    const page = await listPublicPastes({ limit: 20, q: 'needle' }, NOW);
    spy.mockRestore();
    await blocker.end();
    expect(page.items).toEqual([]);
    const next = await listPublicPastes({ limit: 20, q: 'needle', cursor: page.nextCursor ?? '' }, NOW);
    expect([next.items.map((paste) => paste.slug), next.nextCursor]).toEqual([[slug], null]);
  });

  it('is bounded in every order of one’s own, and misses nothing', async () => {
    const me = await member();
    await create({ title: 'zz mine', visibility: 'private' }, me);
    await fillWindow(me.user.id);
    for (const sort of ['newest', 'oldest', 'changed', 'expiring', 'title']) {
      const query = listOwnPastesSchema.parse({ visibility: 'private', sort });
      const pages = await readAll((cursor) => listOwnPastes(me.user.id, { ...query, cursor }, new Date()));
      expect([sort, pages.flat()]).toEqual([sort, ['zz mine']]);
      expect(pages.length).toBeLessThanOrEqual(2);
    }
  });
});

it('fails with 503 while no connection for searches is free, and other reads go on', async () => {
  const paste = await create({ title: 'readable', visibility: 'public' });
  const held = await Promise.all([searchPool().connect(), searchPool().connect()]);
  const [error, read, feed] = await Promise.all([
    listPublicPastes({ limit: 20, q: 'readable' }, new Date()).catch((thrown: unknown) => thrown),
    findPaste(paste.slug, new Date()),
    listPublicPastes({ limit: 20 }, new Date()),
  ]);
  for (const client of held) client.release();
  expect(toAppError(error)).toMatchObject({ code: 'database_unavailable', status: 503, retryAfter: 5 });
  expect([read?.slug, feed.items.map(({ slug }) => slug)]).toEqual([paste.slug, [paste.slug]]);
  expect(await found({ q: 'readable' })).toEqual([paste.slug]);
});
