const ISO = /^(\d{4})-?(\d{2})-?(\d{2})(?:T.*|\s.*)?$/;
/** A leading `--` stands for an unknown year. */
const WITHOUT_YEAR = /^--/;
const PARTS = /^(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})$/;

export type DayOrder = 'day-first' | 'month-first';

/**
 * Reads a date as `YYYY-MM-DD`. Undefined for dates without a year, which are not supported as birthdays, and
 * for zeros that stand for no date; any other text is returned unchanged, and fails validation.
 */
export function readDay(text: string, order: DayOrder = 'day-first'): string | undefined {
  const given = text.trim();
  if (given === '' || WITHOUT_YEAR.test(given)) return undefined;
  const iso = ISO.exec(given);
  if (iso) return isoDay(iso[1], iso[2], iso[3]);
  const parts = PARTS.exec(given);
  if (!parts) return given;
  const [, first = '', , second = '', third = ''] = parts;
  if (/^0+$/.test(first + second + third)) return undefined;
  if (first.length === 4) return isoDay(first, second, third);
  if (third.length !== 4) return given;
  return order === 'day-first' ? isoDay(third, second, first) : isoDay(third, first, second);
}

/**
 * Detects the order of day and month in the dates of a file. If all dates are ambiguous, dots mean that the
 * day is first, and slashes that the month is first, as in American programs.
 */
export function guessDayOrder(texts: readonly string[]): DayOrder {
  let hasSlashes = false;
  for (const text of texts) {
    const parts = PARTS.exec(text.trim());
    if (!parts || (parts[1] ?? '').length === 4) continue;
    if (Number(parts[1]) > 12) return 'day-first';
    if (Number(parts[3]) > 12) return 'month-first';
    hasSlashes ||= parts[2] === '/';
  }
  return hasSlashes ? 'month-first' : 'day-first';
}

function isoDay(year = '', month = '', day = ''): string | undefined {
  if (/^0+$/.test(year)) return undefined;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
