import { describe, expect, it } from 'vitest';
import { useTestDatabase } from '@/scripts/test-env';
import { disconnect, pool } from '../db';
import { AppError } from '../errors';
import { enforceLimit } from './enforce';
import { LIMIT_POLICIES } from './policies';
import { createPostgresLimiter } from './postgres';

useTestDatabase();

const guest = (address: string) => ({ userId: null, address });

async function refusal(work: Promise<unknown>): Promise<AppError | null> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return error instanceof AppError ? error : null;
}

describe('enforceLimit', () => {
  it('lets exactly the points of the tightest rule through, also in parallel', async () => {
    const [perMinute] = LIMIT_POLICIES['change-pastes'].anonymous;
    const outcomes = await Promise.all(
      Array.from({ length: perMinute.points + 15 }, () =>
        refusal(enforceLimit('change-pastes', guest('203.0.113.1'))),
      ),
    );
    const refused = outcomes.filter((outcome) => outcome !== null);
    expect(refused).toHaveLength(15);
    expect(refused[0]?.code).toBe('rate_limited');
    expect(refused[0]?.retryAfter).toBeGreaterThan(0);
    expect(refused[0]?.retryAfter).toBeLessThanOrEqual(perMinute.seconds);
  });

  it('stays closed after the first refusal', async () => {
    const [perMinute] = LIMIT_POLICIES['change-pastes'].anonymous;
    const codes: (string | undefined)[] = [];
    for (let n = 0; n < perMinute.points + 5; n += 1) {
      codes.push((await refusal(enforceLimit('change-pastes', guest('203.0.113.9'))))?.code);
    }
    expect(codes.slice(0, perMinute.points).filter((code) => code !== undefined)).toEqual([]);
    expect(codes.slice(perMinute.points)).toEqual(Array(5).fill('rate_limited'));
  });

  it('counts addresses apart, an IPv6 household together, members by user', async () => {
    expect(await refusal(enforceLimit('change-pastes', guest('203.0.113.2')))).toBeNull();
    const states = [
      await enforceLimit('guess-key', guest('2001:db8::1')),
      await enforceLimit('guess-key', guest('2001:db8::ffff')),
      await enforceLimit('guess-key', { userId: 'u1', address: '2001:db8::1' }),
    ];
    expect(states.map(([state]) => state?.remaining)).toEqual([9, 8, 9]);
  });
});

it('keeps counting in memory while Postgres does not answer', async () => {
  const limiter = createPostgresLimiter();
  const rule = { points: 2, seconds: 60 };
  await limiter.consume('k', rule);
  await disconnect();
  const seen: boolean[] = [];
  for (let n = 0; n < 3; n += 1) seen.push((await limiter.consume('k', rule)).allowed);
  expect(seen).toEqual([true, true, false]);
  expect((await pool().query('select 1 as one')).rows).toEqual([{ one: 1 }]);
});
