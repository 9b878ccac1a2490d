import { type SlicedTask, Stride } from '../core/time-slicing';

const ISO = /^(\d{4})-?(\d{2})-?(\d{2})(?:T.*|\s.*)?$/;
/** A leading `--` stands for an unknown year. */
const WITHOUT_YEAR = /^--/;
const PART_OF_DATE = /^\d{4}(?:-\d{1,2})?$/;
const PARTS = /^(\d{1,4})([./-])\s?(\d{1,2})\2\s?(\d{1,4})(?:\s?г\.?|[T\s]+\d{1,2}:.*)?$/;
/** Months by name: `12-Oct-1990`, `October 12, 1990`, `12 октября 1990 г.` */
const DAY_FIRST_NAME = /^(\d{1,2})(?:st|nd|rd|th)?[.\s-]+(\p{L}{3,12})[.,\s-]+(\d{4})(?:\s?г\.?)?$/u;
const MONTH_FIRST_NAME = /^(\p{L}{3,12})[.\s-]+(\d{1,2})(?:st|nd|rd|th)?[,\s-]+(\d{4})$/u;
/** The beginnings of the months in English, Russian and German. */
const MONTHS: readonly RegExp[] = [
  /^(?:jan|янв|jän)/,
  /^(?:feb|фев)/,
  /^(?:mar|мар|mär|mrz)/,
  /^(?:apr|апр)/,
  /^(?:may|ма[йя]|mai)/,
  /^(?:jun|июн)/,
  /^(?:jul|июл)/,
  /^(?:aug|авг)/,
  /^(?:sep|сен)/,
  /^(?:oct|окт|okt)/,
  /^(?:nov|ноя)/,
  /^(?:dec|дек|dez)/,
];
const MAX_LENGTH = 100;
/** A spreadsheet's date without its format: days since 1899-12-30, here of the years 1954 to 2036. */
const SERIAL = /^(?:[2-4]\d{4})(?:\.0+)?$/;
const SERIAL_OF_1970 = 25_569;
const DAY_MS = 86_400_000;

export type DayOrder = 'day_first' | 'month_first';

/** Whether a text stands for no date: blank, or zeros only. */
export function isEmptyDay(text: string): boolean {
  return /^[0\s./:T-]*$/.test(text.slice(0, MAX_LENGTH));
}

/**
 * Reads a date as `YYYY-MM-DD`. Undefined for dates without a year, month or day, which are not supported as
 * birthdays, and for zeros that stand for no date; any other text is returned unchanged, and fails validation.
 */
export function readDay(text: string, order: DayOrder = 'day_first'): string | undefined {
  const given = text.trim();
  if (given === '' || WITHOUT_YEAR.test(given) || PART_OF_DATE.test(given)) return undefined;
  if (given.length > MAX_LENGTH) return given;
  if (SERIAL.test(given)) return ofSerial(Number(given));
  const iso = ISO.exec(given);
  if (iso) return isoDay(iso[1], iso[2], iso[3]);
  const parts = PARTS.exec(given);
  if (!parts) return readNamedMonth(given) ?? given;
  const [, first = '', , second = '', third = ''] = parts;
  if (/^0+$/.test(first + second + third)) return undefined;
  if (first.length === 4) return isoDay(first, second, third);
  if (third.length !== 4) return given;
  // One row of the other order: only one of the two is a date.
  const isDayFirst = isMonth(first) === isMonth(second) ? order === 'day_first' : isMonth(second);
  return isDayFirst ? isoDay(third, second, first) : isoDay(third, first, second);
}

/**
 * Detects the order of day and month in the dates of a file. If all dates are ambiguous, dots mean that the
 * day is first, and slashes that the month is first, as in American programs.
 */
export function* guessDayOrder(
  texts: Iterable<string>,
): SlicedTask<{ order: DayOrder; isAmbiguous: boolean }> {
  const stride = new Stride();
  let [hasDots, hasOthers] = [false, false];
  let [dayFirst, monthFirst] = [0, 0];
  for (const text of texts) {
    if (stride.isOver(MAX_LENGTH)) yield;
    const parts = PARTS.exec(text.slice(0, MAX_LENGTH).trim());
    const [, first = '', separator, second = ''] = parts ?? [];
    if (!parts || first.length === 4 || parts[4]?.length !== 4 || Number(first) === 0) continue;
    if (Number(first) > 12) dayFirst += 1;
    else if (Number(second) > 12) monthFirst += 1;
    else if (separator === '.') hasDots = true;
    else if (first !== second) hasOthers = true;
  }
  // Dates of both orders settle nothing.
  const isAmbiguous = hasOthers && dayFirst > 0 === monthFirst > 0;
  if (dayFirst !== monthFirst)
    return { order: dayFirst > monthFirst ? 'day_first' : 'month_first', isAmbiguous };
  return { order: hasOthers && !hasDots ? 'month_first' : 'day_first', isAmbiguous };
}

function ofSerial(days: number): string {
  return new Date((days - SERIAL_OF_1970) * DAY_MS).toISOString().slice(0, 10);
}

function isMonth(text: string): boolean {
  return Number(text) >= 1 && Number(text) <= 12;
}

function readNamedMonth(text: string): string | undefined {
  const dayFirst = DAY_FIRST_NAME.exec(text);
  const monthFirst = MONTH_FIRST_NAME.exec(text);
  const [day, name, year] = dayFirst
    ? [dayFirst[1], dayFirst[2], dayFirst[3]]
    : [monthFirst?.[2], monthFirst?.[1], monthFirst?.[3]];
  const month = MONTHS.findIndex((pattern) => pattern.test(name?.toLowerCase() ?? ''));
  return name === undefined || month < 0 ? undefined : isoDay(year, String(month + 1), day);
}

function isoDay(year = '', month = '', day = ''): string | undefined {
  if (/^0+$/.test(year)) return undefined;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
