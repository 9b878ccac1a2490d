import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { ANONYMOUS } from '../../test/callers';
import { now } from '../core/clock';
import { env } from '../core/env';
import { createPaste } from './create';
import { listOwnPastes, listPublicPastes } from './list-queries';
import { createPasteSchema } from './schema';

useTestDatabase();

const PASTES = 12;

/** The names of all statements from here on to the end of the test; undefined for those without. */
function watchNames(): (string | undefined)[] {
  const names: (string | undefined)[] = [];
  const query = pg.Pool.prototype.query as (this: pg.Pool, ...args: unknown[]) => unknown;
  const spy = vi.spyOn(pg.Pool.prototype, 'query').mockImplementation(function (
    this: pg.Pool,
    ...args: unknown[]
  ) {
    names.push((args[0] as pg.QueryConfig).name);
    return query.apply(this, args);
  });
  onTestFinished(() => spy.mockRestore());
  return names;
}

const titlesOf = async (filter: { limit: number; q?: string; cursor?: string }) =>
  (await listPublicPastes(filter, now())).items.map(({ title }) => title);

beforeAll(async () => {
  for (let number = 1; number <= PASTES; number += 1) {
    const input = { title: `Plan ${number}`, visibility: 'public', content: 'x' };
    await createPaste(createPasteSchema.parse(input), ANONYMOUS);
  }
});

it('have one name for first pages of any length, so that they are planned once', async () => {
  const names = watchNames();
  const first = await listPublicPastes({ limit: 3 }, now());
  await listPublicPastes({ limit: 5 }, now());
  await listPublicPastes({ limit: 3, cursor: first.nextCursor ?? '' }, now());
  await listPublicPastes({ limit: 3, q: 'plan' }, now());
  if (env().DATABASE_POOLED) {
    expect(names).toEqual([undefined, undefined, undefined, undefined]);
    return;
  }
  const [one, other, second, search] = names;
  expect(one).toMatch(/^list-[\w-]{22}$/);
  expect(other).toBe(one);
  expect(second).toBeUndefined();
  expect(search).toMatch(/^list-[\w-]{22}$/);
  expect(search).not.toBe(one);
});

it('have no name for the lists of an owner, whose plans depend on how many pastes they have', async () => {
  const ownerId = randomUUID();
  const names = watchNames();
  await listOwnPastes(ownerId, { limit: 3, sort: 'newest' }, now());
  await listOwnPastes(ownerId, { limit: 3, sort: 'newest', q: 'plan' }, now());
  await listPublicPastes({ limit: 3, ownerId }, now());
  expect(names.length).toBeGreaterThan(2);
  expect(names.filter((name) => name !== undefined)).toEqual([]);
});

it('find the same when a plan is used again with other values', async () => {
  const newest = Array.from({ length: PASTES }, (_, index) => `Plan ${PASTES - index}`);
  // From the sixth time on, Postgres may use one plan for all values.
  for (let limit = 1; limit <= PASTES; limit += 1) {
    expect(await titlesOf({ limit })).toEqual(newest.slice(0, limit));
    expect(await titlesOf({ limit: 2, q: `plan ${limit}` })).toEqual(
      newest.filter((title) => title.startsWith(`Plan ${limit}`)).slice(0, 2),
    );
  }
});
