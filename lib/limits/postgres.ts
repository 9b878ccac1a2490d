import 'server-only';
import { combinedStatement } from '../core/combined-statement';
import { named, pool } from '../core/db';
import { withMemoryFallback } from './fallback-limiter';
import type { Limiter, LimitState } from './limiter';
import type { LimitRule } from './policies';

/** A hanging Postgres must not use up the time that the request itself has. */
const ANSWER_WITHIN_MS = 750;

/** An event to count. */
interface Event {
  key: string;
  rules: readonly LimitRule[];
}

/** A window after all events of a statement. */
interface Counter {
  key: string;
  /** How many of these events were counted in it. */
  times: number;
  points: number;
  /** When the window ends, in milliseconds since 1970. */
  expire: string;
}

// Two at a time: the next statement counts everything that arrived while they ran, and one locked row does not stop all.
const countAll = combinedStatement('limits', countTogether, { maxRunning: 2, maxItems: 500 });

/** Counts in the `rate_limits` table; while Postgres does not answer, in this process's memory. */
export function createPostgresLimiter(): Limiter {
  const stored: Limiter = {
    async consume(key, rules) {
      const event = { key, rules };
      return (await countAll(event)).get(event) ?? [];
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
 * Counts the events of concurrent requests in one statement, as if one came after the other. Events with the
 * same key have the same rules.
 */
async function countTogether(events: readonly Event[]): Promise<Map<Event, LimitState[]>> {
  const at = Date.now();
  const groups = new Map<string, Event[]>();
  for (const event of events) {
    const { key, rules } = event;
    const id = `${rules.map(({ seconds }) => seconds)}:${key}`;
    const group = groups.get(id);
    if (group) group.push(event);
    else groups.set(id, [event]);
  }
  const counters = await countGroups([...groups.values()], at);
  const states = new Map<Event, LimitState[]>();
  for (const group of groups.values()) shareOut(group, { counters, at, states });
  return states;
}

async function countGroups(groups: readonly Event[][], at: number): Promise<Map<string, Counter>> {
  const times = groups.map((group) => group.length);
  const firsts = groups.flatMap(([first]) => first ?? []);
  const windows = Math.max(...firsts.map(({ rules }) => rules.length));
  const columns = Array.from({ length: windows }, (_, index) => {
    const column = <T>(read: (rule: LimitRule, key: string) => T) =>
      firsts.map(({ key, rules }) => (rules[index] ? read(rules[index], key) : null));
    return [
      column((rule, key) => counterKey(key, rule)),
      column(({ seconds }) => at + seconds * 1_000),
      column(({ points }) => points),
    ];
  });
  const { rows } = await pool().query<Counter>(
    named(`count-${windows}`, countIn(windows), [at, times, ...columns.flat()]),
  );
  return new Map(rows.map((row) => [row.key, row]));
}

/**
 * Counts in several windows in one statement, in each as often as the limit of the one before allows. The commit
 * does not wait for the disk: requests of one client queue for its row, and a crash loses at most the counts of
 * the last second. Rows are locked in one order, so that concurrent statements cannot deadlock: those of the
 * first windows by key, then those of the second. The sweep skips rows that are locked.
 */
function countIn(windows: number): string {
  const indexes = Array.from({ length: windows }, (_, index) => index);
  const names = indexes.map((index) => `key_${index}, expire_${index}, points_${index}`);
  const arrays = indexes.map((index) => {
    return `$${3 * index + 3}::text[], $${3 * index + 4}::bigint[], $${3 * index + 5}::int[]`;
  });
  const counts = indexes.map((index) => {
    const before = index - 1;
    const due =
      index === 0
        ? `select events.* from settings, unnest($2::int[], ${arrays.join(', ')}) as events(times_0, ${names.join(', ')})`
        : `select due.*, least(times_${before}, points_${before} - (points - times_${before})) as times_${index}
           from due_${before} as due join window_${before} on key = key_${before}
           where points - times_${before} < points_${before} and key_${index} is not null`;
    return `due_${index} as materialized (${due}),
      window_${index} as (
        insert into rate_limits as r (key, points, expire)
        select key_${index}, times_${index}, expire_${index} from due_${index} order by key_${index}
        on conflict (key) do update set
          points = case when r.expire <= $1::bigint then excluded.points else r.points + excluded.points end,
          expire = case when r.expire <= $1::bigint then excluded.expire else r.expire end
        returning key, points, expire
      )`;
  });
  const rows = indexes.map(
    (index) =>
      `select key, times_${index} as times, points, expire from window_${index} join due_${index} on key = key_${index}`,
  );
  return `with settings as materialized (select set_config('synchronous_commit', 'off', true)),
    ${counts.join(', ')} ${rows.join(' union all ')}`;
}

/** Gives each event of a group its place among those that were counted. */
function shareOut(
  group: readonly Event[],
  { counters, at, states }: { counters: Map<string, Counter>; at: number; states: Map<Event, LimitState[]> },
): void {
  group.forEach((event, place) => {
    const own: LimitState[] = [];
    for (const rule of event.rules) {
      const counter = counters.get(counterKey(event.key, rule));
      if (!counter) break;
      const { points, times, expire } = counter;
      const state = toState(rule, { points: points - times + place + 1, expire }, at);
      own.push(state);
      if (!state.allowed) break;
    }
    states.set(event, own);
  });
}

function toState(
  rule: LimitRule,
  { points, expire }: Omit<Counter, 'key' | 'times'>,
  at: number,
): LimitState {
  return {
    ...rule,
    allowed: points <= rule.points,
    remaining: Math.max(0, rule.points - points),
    // Another request may have begun the window a little later than this one began.
    reset: Math.min(rule.seconds, Math.max(0, Math.ceil((Number(expire) - at) / 1_000))),
  };
}
