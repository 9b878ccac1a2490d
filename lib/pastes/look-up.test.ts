import { setImmediate as nextTurn } from 'node:timers/promises';
import pg from 'pg';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { addUser } from '@/test/test-people';
import { ANONYMOUS, signedIn } from '../../test/callers';
import { setClock } from '../core/clock';
import { pool } from '../core/db';
import { env } from '../core/env';
import { prisma } from '../core/prisma';
import { createPaste } from './create';
import { lookUpPaste } from './look-up';
import { findPaste } from './queries';
import { createPasteSchema } from './schema';
import { newSlug } from './slug';

useTestDatabase();

const create = async () => (await createPaste(createPasteSchema.parse({ content: 'x' }), ANONYMOUS)).paste;

/** The slugs of every statement from here on to the end of the test. */
function watchStatements(): string[][] {
  const asked: string[][] = [];
  const query = pool().query.bind(pool()) as (...args: unknown[]) => unknown;
  const spy = vi.spyOn(pool(), 'query').mockImplementation((...args: unknown[]) => {
    const [statement] = args as [pg.QueryConfig];
    asked.push(statement.values?.[1]);
    return query(...args);
  });
  onTestFinished(() => spy.mockRestore());
  return asked;
}

/** Keeps every look-up waiting until `release` is called. */
async function blockLookUps(): Promise<{ client: pg.Client; release: () => Promise<void> }> {
  const client = new pg.Client({ connectionString: env().DATABASE_URL });
  await client.connect();
  await client.query('begin');
  await client.query('lock table pastes in access exclusive mode');
  return {
    client,
    async release() {
      await client.query('commit');
      await client.end();
    },
  };
}

let slugs: string[];

beforeAll(async () => {
  slugs = await Promise.all(Array.from({ length: 8 }, async () => (await create()).slug));
});

describe('lookUpPaste', () => {
  it('asks one statement for concurrent requests, once for each slug', async () => {
    const asked = watchStatements();
    const wanted = [...slugs, ...slugs, newSlug(), 'no slug!', ''];
    const found = await Promise.all(wanted.map(lookUpPaste));
    expect(asked).toEqual([wanted.slice(0, 8).concat(wanted[16] ?? '')]);
    expect(found.map(({ paste }) => paste?.slug)).toEqual([...slugs, ...slugs, ...Array(3).fill(undefined)]);
  });

  it('gives each caller a record of its own, equal to what findPaste reads', async () => {
    const [slug = ''] = slugs;
    const [one, other] = await Promise.all([lookUpPaste(slug), lookUpPaste(slug)]);
    expect(one.paste).toEqual(await findPaste(slug, new Date()));
    expect(one.paste).toEqual(other.paste);
    expect(one.paste).not.toBe(other.paste);
    expect(one.paste?.files).not.toBe(other.paste?.files);
    expect(one.paste?.files[0]).not.toBe(other.paste?.files[0]);
  });

  it('finds a chosen slug in any case in the same statement, the exact one first', async () => {
    const owner = signedIn(await addUser());
    for (const slug of ['my-notes', 'my-other-notes'])
      await createPaste({ slug, files: [{ content: 'x' }] }, owner);
    await prisma().paste.create({ data: { slug: 'My-Other-Notes' } });
    const asked = watchStatements();
    const found = await Promise.all(['MY-Notes', 'My-Other-Notes', 'my-other-notes'].map(lookUpPaste));
    expect(found.map(({ paste }) => paste?.slug)).toEqual(['my-notes', 'My-Other-Notes', 'my-other-notes']);
    expect(asked).toEqual([['MY-Notes', 'my-notes', 'My-Other-Notes', 'my-other-notes']]);
  });

  it('runs three statements at a time, and what waits sees what was committed before its own', async () => {
    const [gone = '', ...others] = slugs;
    const asked = watchStatements();
    const { client, release } = await blockLookUps();
    const running: Promise<unknown>[] = [];
    for (const slug of others.slice(0, 3)) {
      running.push(lookUpPaste(slug));
      await nextTurn();
    }
    const waiting: ReturnType<typeof lookUpPaste>[] = [];
    for (const slug of [gone, ...others]) {
      waiting.push(lookUpPaste(slug));
      await nextTurn();
    }
    expect(asked).toEqual(others.slice(0, 3).map((slug) => [slug]));
    await client.query('update pastes set deleted_at = now() where slug = $1', [gone]);
    await release();
    await Promise.all(running);
    expect((await Promise.all(waiting)).map(({ paste }) => paste?.slug)).toEqual([undefined, ...others]);
    expect(asked.slice(3)).toEqual([[gone, ...others]]);
  });

  it('compares with the time at which its statement is issued', async () => {
    const { slug } = await create();
    const { expiresAt } = await prisma().paste.findUniqueOrThrow({ where: { slug } });
    if (expiresAt === null) throw new Error('unreachable: pastes of anonymous authors expire');
    let at = expiresAt.getTime() - 1;
    onTestFinished(setClock(() => new Date(at)));
    expect(await lookUpPaste(slug)).toMatchObject({ paste: { slug }, now: new Date(at) });
    const expiring = lookUpPaste(slug);
    at += 1;
    expect(await expiring).toEqual({ paste: null, now: expiresAt });
  });

  it('fails for the requests of a statement that fails, and for no others', async () => {
    const [, one = '', other = ''] = slugs;
    const { release } = await blockLookUps();
    const failing = [lookUpPaste(one), lookUpPaste(other)].map((found) =>
      found.catch((error: unknown) => error),
    );
    await nextTurn();
    const query = pool().query.bind(pool()) as (text: string) => Promise<unknown>;
    await vi.waitFor(async () => {
      const cancelled = await query(
        "select pg_cancel_backend(pid) from pg_stat_activity where datname = current_database() and query like '%select p.slug%' and wait_event_type = 'Lock'",
      );
      expect(cancelled).toMatchObject({ rowCount: 1 });
    });
    const well = lookUpPaste(one);
    expect(await Promise.all(failing)).toEqual([
      expect.objectContaining({ code: '57014' }),
      expect.objectContaining({ code: '57014' }),
    ]);
    await release();
    expect((await well).paste?.slug).toBe(one);
  });
});
