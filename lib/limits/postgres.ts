import 'server-only';
import { named, pool } from '../core/db';
import { withMemoryFallback } from './fallback-limiter';
import type { Limiter, LimitState } from './limiter';
import type { LimitRule } from './policies';

/** A hanging Postgres must not use up the time that the request itself has. */
const ANSWER_WITHIN_MS = 1_000;

interface Counter {
  rule: number;
  points: number;
  /** When the window ends, in milliseconds since 1970. */
  expire: string;
}

/** Counts in the `rate_limits` table; while Postgres does not answer, in this process's memory. */
export function createPostgresLimiter(): Limiter {
  const stored: Limiter = {
    async consume(key, rules) {
      const at = Date.now();
      const values = rules.flatMap((rule) => [counterKey(key, rule), at + rule.seconds * 1_000, rule.points]);
      // The points of the last rule decide nothing in the statement.
      const { rows } = await pool().query<Counter>(
        named(`count-${rules.length}`, countIn(rules.length), [at, ...values.slice(0, -1)]),
      );
      return rules.slice(0, rows.length).map((rule, index) => toState(rule, rows[index], at));
    },
    async forget(key, rule) {
      await pool().query('delete from rate_limits where key = $1', [counterKey(key, rule)]);
    },
  };
  return withMemoryFallback(stored, { storeName: 'Postgres', answerWithinMs: ANSWER_WITHIN_MS });
}

function counterKey(key: string, { seconds }: LimitRule): string {
  return `${seconds}:${key}`;
}

/**
 * Counts in several windows in one statement; a window is not counted in once the limit of the one before is
 * reached. The commit does not wait for the disk: requests of one client queue for its row, and a crash loses
 * at most the counts of the last second.
 */
function countIn(windows: number): string {
  const counts = Array.from({ length: windows }, (_, index) => {
    const [key, expire, pointsBefore] = [3 * index + 2, 3 * index + 3, 3 * index + 1];
    const from = index === 0 ? 'settings' : `window_${index - 1} where points <= $${pointsBefore}::int`;
    return `window_${index} as (
      insert into rate_limits as r (key, points, expire) select $${key}::text, 1, $${expire}::bigint from ${from}
      on conflict (key) do update set points = case when r.expire <= $1::bigint then 1 else r.points + 1 end,
        expire = case when r.expire <= $1::bigint then excluded.expire else r.expire end
      returning points, expire
    )`;
  });
  const rows = counts.map((_, index) => `select ${index} as rule, points, expire from window_${index}`);
  return `with settings as materialized (select set_config('synchronous_commit', 'off', true)), ${counts.join(', ')}
    ${rows.join(' union all ')} order by rule`;
}

function toState(rule: LimitRule, counter: Counter | undefined, at: number): LimitState {
  if (!counter) throw new Error('unreachable: there is a row for each of these rules');
  const { points, expire } = counter;
  return {
    ...rule,
    allowed: points <= rule.points,
    remaining: Math.max(0, rule.points - points),
    // Another request may have begun the window a little later than this one began.
    reset: Math.min(rule.seconds, Math.max(0, Math.ceil((Number(expire) - at) / 1_000))),
  };
}
