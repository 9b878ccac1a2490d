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

const MAX_DURATION_LENGTH = 64;
const NUMBER = String.raw`(\d+(?:\.\d+)?)`;
const [DATE_PARTS, TIME_PARTS] = ['YMWD', 'HMS'].map((units) => units.replace(/./g, `(?:${NUMBER}$&)?`));
const ISO_DURATION = new RegExp(String.raw`^P(?=[\dT])${DATE_PARTS}(?:T${TIME_PARTS})?$`);

/** Years, months, weeks, days, hours, minutes and seconds. */
type Duration = readonly [number, number, number, number, number, number, number];

const OF_CALENDAR: Record<Exclude<NamedLifetime, 'never' | keyof typeof FIXED_MS>, Duration> = {
  '1mo': [0, 1, 0, 0, 0, 0, 0],
  '3mo': [0, 3, 0, 0, 0, 0, 0],
  '6mo': [0, 6, 0, 0, 0, 0, 0],
  '1y': [1, 0, 0, 0, 0, 0, 0],
};

function isKeyOf<T extends object>(table: T, text: string): text is Extract<keyof T, string> {
  return Object.hasOwn(table, text);
}

/** A duration of ISO 8601, whose numbers may have a fraction; null for any other text. */
function parseDuration(text: string): Duration | null {
  if (text.length > MAX_DURATION_LENGTH) return null;
  const numbers = ISO_DURATION.exec(text)
    ?.slice(1)
    .map((number) => Number(number ?? 0));
  return numbers?.every(Number.isFinite) ? (numbers as unknown as Duration) : null;
}

/**
 * The time that is `duration` after `from`, in milliseconds, NaN if there is none. Years, months, weeks and days are those
 * of the calendar in UTC, a day that a month lacks becomes its last one; a fraction of a year or a month is one of 365 or
 * 30 days.
 */
function timeAfter(from: Date, [years, months, weeks, days, hours, minutes, seconds]: Duration): number {
  const end = new Date(from);
  const day = end.getUTCDate();
  end.setUTCDate(1);
  end.setUTCFullYear(end.getUTCFullYear() + Math.trunc(years), end.getUTCMonth() + Math.trunc(months));
  const lastDay = new Date(Date.UTC(end.getUTCFullYear(), end.getUTCMonth() + 1, 0)).getUTCDate();
  end.setUTCDate(Math.min(day, lastDay) + 7 * Math.trunc(weeks) + Math.trunc(days));
  const fractions = 365 * (years % 1) + 30 * (months % 1) + 7 * (weeks % 1) + (days % 1);
  return end.getTime() + fractions * DAY_MS + ((hours * 60 + minutes) * 60 + seconds) * 1_000;
}

/**
 * When a paste created at `from` with this lifetime expires: calendar-exact in UTC, a day that a month lacks
 * becomes its last one. `null` is never; `undefined` says that the text is not a lifetime from one
 * second to 100 years.
 */
export function expiryOf(lifetime: string, from: Date): Date | null | undefined {
  if (lifetime === 'never') return null;
  if (isKeyOf(FIXED_MS, lifetime)) return new Date(from.getTime() + FIXED_MS[lifetime]);
  if (isKeyOf(OF_CALENDAR, lifetime)) return new Date(timeAfter(from, OF_CALENDAR[lifetime]));
  const duration = parseDuration(lifetime);
  if (!duration) return undefined;
  const end = timeAfter(from, duration);
  return end >= from.getTime() + 1_000 && end <= furthest(from) ? new Date(end) : undefined;
}

/** The latest expiry that is allowed, in milliseconds. */
function furthest(from: Date): number {
  return timeAfter(from, [MAX_YEARS, 0, 0, 0, 0, 0, 0]);
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
  return instant > from && instant.getTime() <= furthest(from);
}
