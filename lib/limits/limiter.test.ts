import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startTcpRelay, type TcpRelay } from '@/e2e/support/tcp-relay';
import { isRedisInstalled, startUpstashBridge, type UpstashBridge } from '@/e2e/support/upstash-bridge';
import { startUpstashStandIn, type UpstashStandIn } from '@/e2e/support/upstash-stand-in';
import { useTestDatabase } from '@/test/test-env';
import { pool } from '../core/db';
import type { Limiter, LimitState } from './limiter';
import type { LimitRule } from './policies';
import { createPostgresLimiter } from './postgres';
import { createUpstashLimiter } from './upstash';

useTestDatabase();

/** Long enough that no window ends while a test runs. */
const RULE: LimitRule = { points: 5, seconds: 20 * 86_400 };
const REMEMBERED_FOR_MS = 6_000;
const hasRedis = isRedisInstalled();
const NO_REDIS = 'redis-server is not installed: apt-get install redis-server';

let relay: TcpRelay;
let standIn: UpstashStandIn;
let bridge: UpstashBridge | undefined;
let keys = 0;
let aheadMs = 0;

beforeAll(async () => {
  const url = new URL(process.env.DATABASE_URL ?? '');
  relay = await startTcpRelay({ port: Number(url.port) });
  url.port = String(relay.port);
  process.env.DATABASE_URL = url.href;
  standIn = await startUpstashStandIn();
  if (hasRedis) bridge = await startUpstashBridge();
  const real = performance.now.bind(performance);
  vi.spyOn(performance, 'now').mockImplementation(() => real() + aheadMs);
});
afterEach(async () => {
  await relay.fail('ok');
  await standIn.fail('ok');
});
afterAll(async () => {
  vi.restoreAllMocks();
  await standIn.close();
  await bridge?.close();
});

function newKey(): string {
  keys += 1;
  return `name:a:${keys}`;
}

async function consumeTimes(limiter: Limiter, key: string, times: number): Promise<boolean[]> {
  const seen: boolean[] = [];
  for (let n = 0; n < times; n += 1) seen.push((await consume(limiter, key)).allowed);
  return seen;
}

/** Counts under one rule. */
async function consume(limiter: Limiter, key: string, rule = RULE): Promise<LimitState> {
  const [state] = await limiter.consume(key, [rule]);
  if (!state) throw new Error('no state');
  return state;
}

const openUpstash = ({ url, token }: Pick<UpstashStandIn, 'url' | 'token'> = standIn) =>
  createUpstashLimiter({ url, token });

const openRedis = () => {
  if (bridge === undefined) throw new Error('Redis is not running.');
  return openUpstash(bridge);
};

const drivers = [
  { name: 'Postgres', open: createPostgresLimiter },
  { name: 'Upstash', open: () => openUpstash() },
  { name: 'Upstash on a real Redis', open: openRedis, skipped: hasRedis ? null : NO_REDIS },
];

const failures = [
  { store: 'Postgres', mode: 'hang', open: createPostgresLimiter, fail: () => relay.fail('hang') },
  { store: 'Postgres', mode: 'refuse', open: createPostgresLimiter, fail: () => relay.fail('refuse') },
  { store: 'Upstash', mode: 'hang', open: () => openUpstash(), fail: () => standIn.fail('hang') },
  { store: 'Upstash', mode: 'refuse', open: () => openUpstash(), fail: () => standIn.fail('refuse') },
  { store: 'Upstash', mode: 'answer 500', open: () => openUpstash(), fail: () => standIn.fail('500') },
];

describe.each(drivers)('the $name limiter', ({ open, skipped = null }) => {
  beforeEach((context) => context.skip(skipped !== null, skipped ?? undefined));

  it('counts down to a rejection and stays closed', async () => {
    const limiter = open();
    const key = newKey();
    const states = [];
    for (let n = 0; n < 8; n += 1) states.push(await consume(limiter, key));
    expect(states.map(({ allowed }) => allowed)).toEqual([...Array(5).fill(true), ...Array(3).fill(false)]);
    expect(states.map(({ remaining }) => remaining)).toEqual([4, 3, 2, 1, 0, 0, 0, 0]);
    for (const state of states) {
      expect(state).toMatchObject(RULE);
      expect(state.reset).toBeGreaterThan(0);
      expect(state.reset).toBeLessThanOrEqual(RULE.seconds);
    }
  });

  it('lets exactly its points through of many at once, also from two processes', async () => {
    const limiters = [open(), open()];
    const key = newKey();
    const states = await Promise.all(
      Array.from({ length: 50 }, (_, index) => consume(limiters[index % 2] ?? open(), key)),
    );
    expect(states.filter(({ allowed }) => allowed)).toHaveLength(RULE.points);
    for (const limiter of limiters) expect(await consumeTimes(limiter, key, 2)).toEqual([false, false]);
  });

  it('asks the store again while the limit is reached', async () => {
    const limiter = open();
    const key = newKey();
    await consumeTimes(limiter, key, 6);
    aheadMs += REMEMBERED_FOR_MS;
    expect(await consumeTimes(limiter, key, 2)).toEqual([false, false]);
  });

  it('counts keys apart, and windows of one key', async () => {
    const limiter = open();
    const key = newKey();
    await consumeTimes(limiter, key, 6);
    expect((await consume(limiter, newKey())).remaining).toBe(4);
    expect((await consume(limiter, key, { ...RULE, seconds: 2 * RULE.seconds })).remaining).toBe(4);
  });

  it('forgets one key', async () => {
    const limiter = open();
    const [key, other] = [newKey(), newKey()];
    await consumeTimes(limiter, key, 6);
    await consumeTimes(limiter, other, 6);
    await limiter.forget(key, RULE);
    expect((await consume(limiter, key)).remaining).toBe(4);
    expect((await consume(limiter, other)).allowed).toBe(false);
    await limiter.forget(newKey(), RULE);
  });

  it('learns what another process forgot', async () => {
    const [limiter, elsewhere] = [open(), open()];
    const key = newKey();
    await consumeTimes(limiter, key, 6);
    await elsewhere.forget(key, RULE);
    aheadMs += REMEMBERED_FOR_MS;
    expect((await consume(limiter, key)).remaining).toBe(4);
  });

  it('counts in several windows, up to the first that is full', async () => {
    const limiter = open();
    const key = newKey();
    const rules = [RULE, { points: 7, seconds: 2 * RULE.seconds }];
    const remaining = [];
    for (let n = 0; n < 7; n += 1) {
      remaining.push((await limiter.consume(key, rules)).map((state) => state.remaining));
      aheadMs += REMEMBERED_FOR_MS;
    }
    expect(remaining).toEqual([[4, 6], [3, 5], [2, 4], [1, 3], [0, 2], [0], [0]]);
    await limiter.forget(key, RULE);
    const allowed = [];
    for (let n = 0; n < 4; n += 1) {
      allowed.push((await limiter.consume(key, rules)).map((state) => state.allowed));
      aheadMs += REMEMBERED_FOR_MS;
    }
    expect(allowed).toEqual([
      [true, true],
      [true, true],
      [true, false],
      [true, false],
    ]);
  });

  it('is exact for two hundred requests at once in two windows', async () => {
    const limiter = open();
    const rules = [
      { points: 90, seconds: RULE.seconds },
      { points: 60, seconds: 2 * RULE.seconds },
    ];
    const key = newKey();
    const states = await Promise.all(Array.from({ length: 200 }, () => limiter.consume(key, rules)));
    expect(states.filter((all) => all.every(({ allowed }) => allowed))).toHaveLength(60);
  });

  it('resets in the next window', async () => {
    const limiter = open();
    const key = newKey();
    const rule = { points: 500, seconds: 1 };
    expect((await consume(limiter, key, rule)).remaining).toBe(499);
    await vi.waitFor(async () => expect((await consume(limiter, key, rule)).remaining).toBe(499), {
      timeout: 20_000,
      interval: 200,
    });
  });
});

describe.each(failures)('while $store would $mode', ({ open, fail }) => {
  it('counts in memory, closes there, and goes back to the store', async () => {
    const limiter = open();
    const key = newKey();
    expect((await consume(limiter, key)).remaining).toBe(4);
    await fail();

    const states = await Promise.all(Array.from({ length: 20 }, () => consume(limiter, key)));
    expect(states.filter(({ allowed }) => allowed)).toHaveLength(RULE.points);
    expect(await consumeTimes(limiter, key, 3)).toEqual([false, false, false]);
    await limiter.forget(key, RULE);
    expect(await consumeTimes(limiter, key, 6)).toEqual([...Array(5).fill(true), false]);

    await relay.fail('ok');
    await standIn.fail('ok');
    await vi.waitFor(
      async () => {
        aheadMs += REMEMBERED_FOR_MS;
        expect(await consume(limiter, key)).toMatchObject({ allowed: true, remaining: 3 });
      },
      { timeout: 20_000, interval: 200 },
    );
  });

  it('stays closed after the store has said so', async () => {
    const limiter = open();
    const key = newKey();
    await consumeTimes(limiter, key, 6);
    await fail();
    aheadMs += REMEMBERED_FOR_MS;
    expect(await consumeTimes(limiter, key, 3)).toEqual([false, false, false]);
    aheadMs += 2 * RULE.seconds * 1_000;
    expect((await consume(limiter, key)).allowed).toBe(true);
  });
});

it('does not take a wrong token for a store that allows', async () => {
  const limiter = openUpstash({ ...standIn, token: 'wrong' });
  expect(await consumeTimes(limiter, newKey(), 7)).toEqual([...Array(5).fill(true), false, false]);
});

it('counts many keys in concurrent statements as one request after the other', async () => {
  const limiter = createPostgresLimiter();
  const one = [{ points: 8, seconds: RULE.seconds }];
  const two = [...one, { points: 5, seconds: 2 * RULE.seconds }];
  const subjects = Array.from({ length: 40 }, (_, index) => ({
    key: newKey(),
    rules: index % 3 === 0 ? one : two,
  }));
  const pending: Promise<{ key: string; states: LimitState[] }>[] = [];
  for (let turn = 0; turn < 12; turn += 1) {
    // Each statement has the keys in another order, some of them twice.
    const wanted = [...subjects, ...subjects.slice(0, turn)];
    for (const { key, rules } of turn % 2 === 0 ? wanted : wanted.reverse()) {
      pending.push(limiter.consume(key, rules).then((states) => ({ key, states })));
    }
    await new Promise(setImmediate);
  }
  const consumed = await Promise.all(pending);
  for (const [index, { key, rules }] of subjects.entries()) {
    const asked = 12 + Math.max(0, 11 - index);
    const remaining = consumed.flatMap(({ key: its, states }) =>
      its === key ? [states.map((state) => state.remaining)] : [],
    );
    const last = rules.at(-1)?.points ?? 0;
    const counted = (points: number, times: number) => Math.max(0, points - times);
    expect(remaining.map((all) => all.join()).sort()).toEqual(
      Array.from({ length: asked }, (_, n) => n + 1)
        .map((n) =>
          (n > 8 || rules.length === 1 ? [counted(8, n)] : [counted(8, n), counted(last, n)]).join(),
        )
        .sort(),
    );
    const { rows } = await pool().query<{ points: number }>(
      'select points from rate_limits where key like $1 order by key',
      [`%:${key}`],
    );
    expect(rows.map(({ points }) => points)).toEqual(rules.length === 1 ? [asked] : [asked, 8]);
  }
});

it('stores a counter in Upstash under a descriptive key', async () => {
  const key = newKey();
  await consume(openUpstash(), key);
  const window = Math.floor(Date.now() / (RULE.seconds * 1_000));
  expect(standIn.values().get(`sheaf:${RULE.seconds}:${key}:${window}`)).toBe('1');
});

it('lets a counter in Redis expire with its window', async (context) => {
  context.skip(!hasRedis, NO_REDIS);
  const key = newKey();
  const rule = { points: 5, seconds: 60 };
  await consume(openRedis(), key, rule);
  const [names] = (await bridge?.redis.run([['KEYS', `sheaf:60:${key}:*`]])) ?? [];
  expect(names).toEqual([expect.stringMatching(`^sheaf:60:${key}:\\d+$`)]);
  const [value, expiresIn] =
    (await bridge?.redis.run([
      ['GET', String(names)],
      ['PTTL', String(names)],
    ])) ?? [];
  expect(value).toBe('1');
  expect(expiresIn).toBeGreaterThan(0);
  expect(expiresIn).toBeLessThanOrEqual(60_000);
});

describe('the Postgres limiter', () => {
  it('counts in one statement what arrives while two others are under way', async () => {
    const limiter = createPostgresLimiter();
    const query = pool().query.bind(pool()) as (...values: unknown[]) => Promise<unknown>;
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const statements = vi.spyOn(pool(), 'query').mockImplementation((async (...values: unknown[]) => {
      await gate;
      return query(...values);
    }) as never);
    const counts = [consume(limiter, newKey())];
    for (let n = 0; n < 5; n += 1) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      counts.push(consume(limiter, newKey()));
    }
    expect(statements).toHaveBeenCalledTimes(2);
    open();
    expect((await Promise.all(counts)).every(({ allowed }) => allowed)).toBe(true);
    expect(statements).toHaveBeenCalledTimes(3);
    statements.mockRestore();
  });
});
