import pg from 'pg';
import { expect, it, onTestFinished, vi } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { ANONYMOUS } from '../../test/callers';
import { createPaste } from '../pastes/create';
import { hashEditKey } from '../pastes/edit-key';
import { findPaste } from '../pastes/queries';
import { createPasteSchema } from '../pastes/schema';
import { updatePaste } from '../pastes/update';
import { isDatabaseOutage } from './app-error';
import { disconnect, named, pool } from './db';
import { env } from './env';
import { prisma } from './prisma';

useTestDatabase({ DATABASE_POOL_SIZE: '3' });

const create = () => createPaste(createPasteSchema.parse({ content: 'kept' }), ANONYMOUS);

it('never commits a change that failed because the database was stuck', async () => {
  const { paste, editKey } = await create();
  const caller = { ...ANONYMOUS, editKeyHash: hashEditKey(editKey ?? '') };
  const blocker = new pg.Client({ connectionString: env().DATABASE_URL });
  await blocker.connect();
  await blocker.query('begin');
  await blocker.query('lock table revisions in share mode');
  const edit = await updatePaste(paste.slug, { files: [{ content: 'refused' }] }, { caller }).catch(
    (error: unknown) => error,
  );
  expect(isDatabaseOutage(edit)).toBe(true);
  await blocker.query('rollback');
  await blocker.end();

  for (let n = 0; n < 6; n += 1) await create();
  const after = await findPaste(paste.slug, new Date());
  expect(after).toMatchObject({ revision: 1, files: [{ bytes: 4 }] });
  expect(await prisma().revision.count({ where: { pasteId: paste.id } })).toBe(1);
  const { rows } = await pool().query(
    "select 1 from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'",
  );
  expect(rows).toEqual([]);
});

it('connects although the process was busy for longer than it waits for a connection', async () => {
  await disconnect();
  const answer = pool().query('select 1 as one');
  const until = performance.now() + 1_400;
  while (performance.now() < until);
  expect((await answer).rows).toEqual([{ one: 1 }]);
});

it('gives callers that arrive together for one connection the same time', async () => {
  const [idle, ...others] = await Promise.all([1, 2, 3].map(() => pool().connect()));
  idle?.release();
  const together = await Promise.allSettled([1, 2, 3].map(() => pool().connect()));
  expect(together.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
  // It was not the driver that gave up: its limit is longer.
  expect(pool().waitingCount).toBe(2);
  for (const client of others) client.release();
  for (const one of together) if (one.status === 'fulfilled') one.value.release();
});

it('gives a caller up that gets no connection, and the connection to the next one', async () => {
  const clients = await Promise.all([1, 2, 3].map(() => pool().connect()));
  const late = pool().query('select 1 as one');
  await expect(late).rejects.toThrow(/timeout exceeded/);
  expect(isDatabaseOutage(await late.catch((error: unknown) => error))).toBe(true);
  for (const client of clients) client.release();
  const answers = await Promise.all([1, 2, 3, 4].map(() => pool().query('select 1 as one')));
  expect(answers.map(({ rows }) => rows)).toEqual(Array(4).fill([{ one: 1 }]));
  expect(pool().waitingCount).toBe(0);
  expect(pool().idleCount).toBe(pool().totalCount);
});

it('ends a connection whose query got no answer', async () => {
  const client = await pool().connect();
  await client.query('set statement_timeout = 0');
  await expect(client.query('select pg_sleep(3)')).rejects.toThrow(/read timeout/);
  await expect(client.query('select 1')).rejects.toThrow();
  client.release();
  expect((await pool().query('select 1 as one')).rows).toEqual([{ one: 1 }]);
});

it('sends a prepared statement again when a migration has changed the type of a column', async () => {
  const client = await pool().connect();
  onTestFinished(() => client.release());
  await client.query('create table migrated (title text)');
  await client.query(`insert into migrated values ('kept')`);
  const read = () => client.query(named('read-migrated', 'select title from migrated where $1', [true]));
  await read();
  await client.query('alter table migrated alter title type varchar(100)');
  for (let times = 0; times < 2; times += 1) expect((await read()).rows).toEqual([{ title: 'kept' }]);
  await client.query('drop table migrated');
  await expect(read()).rejects.toMatchObject({ code: '42P01' });
});

it.each([
  ['pg-pool', () => pool().query('select $1::int', [1])],
  ['@prisma/adapter-pg', () => prisma().$queryRaw`select ${1}::int`],
  ['@prisma/adapter-pg', () => prisma().$transaction((transaction) => transaction.$queryRaw`select 1`)],
] as const)('limits what %s sends', async (name, ask) => {
  const limited: unknown[] = [];
  const watch = (client: pg.PoolClient) => {
    if (!Object.hasOwn(client, 'query')) return;
    const query = client.query.bind(client) as (...args: unknown[]) => unknown;
    const spy = vi.spyOn(client, 'query').mockImplementation((...args: unknown[]) => {
      limited.push(args);
      return query(...args);
    });
    onTestFinished(() => spy.mockRestore());
  };
  pool().on('acquire', watch);
  await ask();
  pool().off('acquire', watch);
  expect(
    limited.length,
    `${name} does not send queries by client.query of the pool's clients any more: see limitQueries`,
  ).toBeGreaterThan(0);
});

it('creates the client of Prisma on its first use', async () => {
  const database = () => (globalThis as unknown as Record<symbol, object>)[Symbol.for('sheaf.database')];
  await disconnect();
  await pool().query('select 1');
  expect(database()).not.toHaveProperty('prisma');
  expect(await prisma().user.count()).toBe(0);
  expect(database()).toHaveProperty('prisma');
});
