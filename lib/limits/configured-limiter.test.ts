import { afterAll, beforeAll, expect, it } from 'vitest';
import { startUpstashStandIn, type UpstashStandIn } from '@/e2e/support/upstash-stand-in';
import { useTestDatabase } from '@/test/test-env';
import { ANONYMOUS } from '../../test/callers';
import { pool } from '../core/db';
import { enforceLimit, enforceSubjectLimit, resetSubjectLimit } from './enforce';

useTestDatabase();

let standIn: UpstashStandIn;

beforeAll(async () => {
  standIn = await startUpstashStandIn();
  process.env.UPSTASH_REDIS_REST_URL = standIn.url;
  process.env.UPSTASH_REDIS_REST_TOKEN = standIn.token;
});
afterAll(() => standIn.close());

it('counts in Upstash, and there only, where it is configured', async () => {
  await enforceLimit('change-pastes', ANONYMOUS);
  await enforceSubjectLimit('login-account', 'ann');
  expect([...standIn.values().keys()].map((key) => key.split(':').slice(1, 4).join(':'))).toEqual([
    '60:change-pastes:a',
    '86400:change-pastes:a',
    '600:login-account:s',
  ]);
  await resetSubjectLimit('login-account', 'ann');
  expect(standIn.values().size).toBe(2);
  expect((await pool().query('select from rate_limits')).rowCount).toBe(0);
});
