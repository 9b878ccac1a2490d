import { DateTime, Duration, type DurationLikeObject } from 'luxon';

/** The lifetimes offered by name, shortest first. */
export const LIFETIMES = ['10m', '1h', '1d', '1w', '2w', '1mo', '3mo', '6mo', '1y', 'never'] as const;

export type NamedLifetime = (typeof LIFETIMES)[number];

const MAX_YEARS = 100;

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Those that are equally long at any time, in UTC. */
const FIXED_MS = {
  '10m': 10 * MINUTE_MS,
  '1h': 60 * MINUTE_MS,
  '1d': DAY_MS,
  '1w': 7 * DAY_MS,
  '2w': 14 * DAY_MS,
};

// Plain objects: creating a Luxon duration reads the locale of the process, which takes Node 10 ms at start.
const OF_CALENDAR: Record<Exclude<NamedLifetime, 'never' | keyof typeof FIXED_MS>, DurationLikeObject> = {
  '1mo': { months: 1 },
  '3mo': { months: 3 },
  '6mo': { months: 6 },
  '1y': { years: 1 },
};

function isKeyOf<T extends object>(table: T, text: string): text is Extract<keyof T, string> {
  return Object.hasOwn(table, text);
}

function parseDuration(text: string): Duration | DurationLikeObject | null {
  if (isKeyOf(OF_CALENDAR, text)) return OF_CALENDAR[text];
  if (!/^P(?=[\dT])[\d.YMWDTHS]+$/.test(text) || text.length > 64) return null;
  const duration = Duration.fromISO(text);
  return duration.isValid ? duration : null;
}

/**
 * When a paste created at `from` with this lifetime expires: calendar-exact in UTC, a day that a month lacks
 * becomes its last one. `null` is never; `undefined` says that the text is not a lifetime from one
 * second to 100 years.
 */
export function expiryOf(lifetime: string, from: Date): Date | null | undefined {
  if (lifetime === 'never') return null;
  if (isKeyOf(FIXED_MS, lifetime)) return new Date(from.getTime() + FIXED_MS[lifetime]);
  const duration = parseDuration(lifetime);
  if (!duration) return undefined;
  const start = DateTime.fromJSDate(from, { zone: 'utc' });
  const end = start.plus(duration);
  if (isKeyOf(OF_CALENDAR, lifetime)) return end.toJSDate();
  if (!end.isValid || end < start.plus({ seconds: 1 }) || end > start.plus({ years: MAX_YEARS }))
    return undefined;
  return end.toJSDate();
}

/** The named lifetimes that, from `from` on, end before `expiresAt`; null is never. */
export function shorterLifetimes(expiresAt: Date | null, from: Date): NamedLifetime[] {
  return LIFETIMES.filter((lifetime) => {
    const end = expiryOf(lifetime, from);
    return end && (expiresAt === null || end < expiresAt);
  });
}

/** The named lifetimes that, from `from` on, end no later than `longest`, which `expiryOf` takes. */
export function lifetimesWithin(longest: string, from: Date): NamedLifetime[] {
  const latest = expiryOf(longest, from);
  return LIFETIMES.filter((lifetime) => {
    const end = expiryOf(lifetime, from);
    return !latest || (end && end <= latest);
  });
}

/** Whether a time is allowed as an expiry: later than `from`, at most 100 years ahead. */
export function isPossibleExpiry(instant: Date, from: Date): boolean {
  const furthest = DateTime.fromJSDate(from, { zone: 'utc' }).plus({ years: MAX_YEARS });
  return instant > from && instant <= furthest.toJSDate();
}
