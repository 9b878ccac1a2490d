import type { FieldError } from '../core/errors';
import { type SlicedTask, Stride } from '../core/time-slicing';
import { type DayOrder, isEmptyDay, readDay } from './calendar-day';
import type { EntryFields, ImportEntry } from './import-entry';
import { MAX_CELL_LENGTH, MAX_ENTRY_VALUES, MAX_GIVEN_VALUES, MAX_READ_NAME } from './import-limits';
import {
  addsWords,
  type ContactName,
  joinParts,
  noteLine,
  oneLine,
  splitName,
  splitWords,
  toContactName,
} from './name-parts';
import { STARRED, UNSTARRED } from './vcard';
import { type Card, NOTED, type Ranked } from './vcard-cards';
import { splitParts, unescapeText } from './vcard-lines';

/** Placeholders for birthdays without a year, the first one Apple's. */
const NO_YEAR = /^(?:1604|0000)-?/;

export function* toEntry({ line, properties }: Card, order: DayOrder): SlicedTask<ImportEntry> {
  const faults: FieldError[] = [];
  const listOf = (path: string, name: string): Ranked[] => {
    const found = properties.get(name) ?? [];
    if (found.length <= MAX_GIVEN_VALUES) return sortByRank(found);
    faults.push({ path, message: 'contact_values_refused' });
    return [];
  };
  const emails = yield* readEach(listOf('email', 'EMAIL'), readEmail);
  const phones = yield* readEach(listOf('phone', 'TEL'), readPhone);
  const { extras, ...name } = nameOf(properties);
  const { birthday, oddDays } = yield* readBirthdays(properties.get('BDAY') ?? [], order);
  const { favorite, others } = yield* readCategories(properties.get('CATEGORIES') ?? []);
  const noted = yield* notedLines(properties);
  const lines = [...extras, ...oddDays, ...others, ...noted].slice(0, MAX_LINES);
  const fields: EntryFields = {
    ...name,
    emails,
    phones,
    birthday,
    info: (yield* joinNotes(sortByRank(properties.get('NOTE') ?? []))) || undefined,
    favorite,
    extras: lines.length === 0 ? undefined : lines,
  };
  return { line, fields, faults };
}

/** Lines for the notes of one entry: far more than they have room for. */
const MAX_LINES = 1_000;

function* readEach(properties: readonly Ranked[], read: (value: string) => string): SlicedTask<string[]> {
  const stride = new Stride();
  const values: string[] = [];
  for (const { value } of properties) {
    values.push(read(value));
    if (stride.isOver(value.length)) yield;
  }
  return values;
}

function readEmail(value: string): string {
  return unescapeText(value).replace(/^mailto:/i, '');
}

/** Stops once the result is too long for notes. */
function* joinNotes(notes: readonly Ranked[]): SlicedTask<string> {
  const stride = new Stride();
  let joined = '';
  for (const [index, { value }] of notes.entries()) {
    if (joined.length > MAX_CELL_LENGTH) break;
    joined += `${index === 0 ? '' : '\n'}${unescapeText(value)}`;
    if (stride.isOver(value.length)) yield;
  }
  return joined;
}

type Properties = ReadonlyMap<string, readonly Ranked[]>;

function nameOf(properties: Properties): ContactName {
  const read = (name: string, isGuessed: boolean) => {
    const found = sortByRank(properties.get(name) ?? []).find((property) => property.isGuessed === isGuessed);
    const value = found?.value.slice(0, MAX_READ_NAME) ?? '';
    // A cut value may end within an escape.
    const whole = value.length === MAX_READ_NAME && value.endsWith('\\') ? value.slice(0, -1) : value;
    return NO_NAME.test(whole) ? '' : whole;
  };
  // A value that was read by a guess only if there is no other.
  const isGuessed = read('N', false) === '' && read('FN', false) === '';
  const [whole, company] = [unescapeText(read('FN', isGuessed)), splitParts(read('ORG', false))];
  const [family = '', given = '', middle = '', prefix = '', suffix = ''] = splitParts(read('N', isGuessed), {
    isList: true,
  });
  const structured = toContactName({
    prefix,
    given: given || unescapeText(read('X-GIVEN', false)),
    middle,
    family: family || unescapeText(read('X-FAMILY', false)),
    suffix,
  });
  const organization = joinParts(company, ', ');
  const companyLines = organization === '' ? [] : [`Company: ${organization}`];
  if (structured) {
    const wholeLines = addsWords(whole, structured) ? [`Name: ${oneLine(whole)}`] : [];
    return { ...structured, extras: [...structured.extras, ...wholeLines, ...companyLines] };
  }
  if (whole.trim() !== '') return { ...splitName(whole), extras: companyLines };
  const name = splitWords(company[0] ?? '');
  return { ...name, extras: addsWords(organization, name) ? companyLines : [] };
}

/** What some phones write instead of nothing. */
const NO_NAME = /^[\s;]*(?:null[\s;]*)*$/i;

/** Preferred values first, fax and pager numbers last. */
function sortByRank(properties: readonly Ranked[]): Ranked[] {
  return properties.toSorted((one, other) => one.rank - other.rank);
}

function readPhone(value: string): string {
  const [number = '', ...params] = unescapeText(value).trim().replace(/^tel:/i, '').split(';');
  const extension = params.find((param) => /^ext=/i.test(param))?.slice('ext='.length);
  return extension === undefined ? number : `${number} ext. ${extension}`;
}

/** The first date, and lines for the notes with what is not a whole date. */
function* readBirthdays(
  found: readonly Ranked[],
  order: DayOrder,
): SlicedTask<{ birthday: string | undefined; oddDays: string[] }> {
  const stride = new Stride();
  let birthday: string | undefined;
  const odd = new Set<string>();
  for (const { value, params } of found) {
    const text = noteLine(unescapeText(value));
    const isPart = params.includes('VALUE=TEXT') || NO_YEAR.test(text);
    const day = isPart ? undefined : readDay(text, order);
    if (day === undefined || (birthday !== undefined && day !== birthday))
      odd.add(text.replace(NO_YEAR, '--'));
    birthday ??= day;
    if (stride.isOver(value.length)) yield;
  }
  const oddDays = [...odd].filter((text) => !isEmptyDay(text)).map((text) => `Birthday: ${text}`);
  return { birthday, oddDays };
}

/** Whether the contact is starred, undefined if no category says so, and a line with the other categories. */
function* readCategories(
  properties: readonly Ranked[],
): SlicedTask<{ favorite: boolean | undefined; others: string[] }> {
  const stride = new Stride();
  const names: string[] = [];
  for (const { value } of properties) {
    for (const name of value.split(',', MAX_GIVEN_VALUES - names.length)) {
      names.push(name);
    }
    if (names.length === MAX_GIVEN_VALUES) break;
    if (stride.isOver(value.length)) yield;
  }
  const lower = new Set<string>();
  const others: string[] = [];
  for (const name of names) {
    if (name.length <= UNSTARRED.length) lower.add(name.toLowerCase());
    const other = noteLine(unescapeText(name));
    if (other !== '' && !OWN.test(other)) others.push(other);
    if (stride.isOver(name.length)) yield;
  }
  const isUnstarred = lower.has(UNSTARRED) ? false : undefined;
  return {
    favorite: lower.has(STARRED) || isUnstarred,
    others: others.length === 0 ? [] : [noteLine(`Categories: ${others.join(', ')}`)],
  };
}

/** Categories that are no note: ours and Google's. */
const OWN = /^(?:starred|unstarred|my ?contacts)$/i;

/** "Address (home): 1 Main St, Springfield". */
function* notedLines(properties: Properties): SlicedTask<string[]> {
  const stride = new Stride();
  const lines: string[] = [];
  const labels = new Map<string, string>();
  for (const { group, value } of properties.get('X-ABLABEL') ?? []) {
    labels.set(group, noteLine(unescapeText(value.replace(APPLE_LABEL, '$1'))));
    if (stride.isOver(value.length)) yield;
  }
  for (const [name, label] of NOTED) {
    for (const { group, value, params } of (properties.get(name) ?? []).slice(0, MAX_ENTRY_VALUES)) {
      const text = STRUCTURED.has(name) ? joinParts(splitParts(value), ', ') : unescapeText(value);
      const line = noteLine(text);
      const types = params.join(';');
      const type = labels.get(group) ?? TYPE.exec(types)?.[1]?.toLowerCase();
      if (line !== '') lines.push(noteLine(`${label}${type === undefined ? '' : ` (${type})`}: ${line}`));
      if (stride.isOver(value.length + types.length)) yield;
    }
  }
  return lines;
}

/** Apple's own labels. */
const APPLE_LABEL = /^_\$!<(.*)>!\$_$/;
const STRUCTURED = new Set(['ADR', 'GENDER', 'GEO']);
const TYPE =
  /(?:^|;)(?:TYPE="?)?(HOME|WORK|SPOUSE|CHILD|PARENT|SIBLING|FRIEND|COLLEAGUE|AGENT|EMERGENCY)(?:$|[;,"])/;
