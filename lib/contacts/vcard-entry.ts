import type { FieldError } from '../core/errors';
import { type DayOrder, isEmptyDay, readDay } from './calendar-day';
import type { EntryFields, ImportEntry } from './import-entry';
import { MAX_CELL_LENGTH, MAX_ENTRY_VALUES, MAX_GIVEN_VALUES } from './import-limits';
import {
  addsWords,
  type ContactName,
  joinParts,
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

export function toEntry({ line, properties }: Card, order: DayOrder): ImportEntry {
  const faults: FieldError[] = [];
  const valuesOf = (name: string) => sortByRank(properties.get(name) ?? []).map(({ value }) => value);
  const listOf = (path: string, name: string): string[] => {
    const values = valuesOf(name);
    if (values.length <= MAX_GIVEN_VALUES) return values;
    faults.push({ path, message: 'contact_values_refused' });
    return [];
  };
  const emails = listOf('email', 'EMAIL')
    .map(unescapeText)
    .map((email) => email.replace(/^mailto:/i, ''));
  const { extras, ...name } = nameOf(properties);
  const { birthday, oddDays } = readBirthdays(properties.get('BDAY') ?? [], order);
  const { favorite, others } = readCategories(properties.get('CATEGORIES') ?? []);
  const lines = [...extras, ...oddDays, ...others, ...notedLines(properties)];
  const fields: EntryFields = {
    ...name,
    emails,
    phones: listOf('phone', 'TEL').map(readPhone),
    birthday,
    info: joinNotes(valuesOf('NOTE')) || undefined,
    favorite,
    extras: lines.length === 0 ? undefined : lines,
  };
  return { line, fields, faults };
}

/** Stops once the result is too long for notes. */
function joinNotes(notes: readonly string[]): string {
  let joined = '';
  for (const [index, note] of notes.entries()) {
    if (joined.length > MAX_CELL_LENGTH) break;
    joined += `${index === 0 ? '' : '\n'}${unescapeText(note)}`;
  }
  return joined;
}

type Properties = ReadonlyMap<string, readonly Ranked[]>;

function nameOf(properties: Properties): ContactName {
  const read = (name: string, isGuessed: boolean) => {
    const found = sortByRank(properties.get(name) ?? []).find((property) => property.isGuessed === isGuessed);
    return found === undefined || NO_NAME.test(found.value) ? '' : found.value;
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
function readBirthdays(
  found: readonly Ranked[],
  order: DayOrder,
): { birthday: string | undefined; oddDays: string[] } {
  let birthday: string | undefined;
  const odd = new Set<string>();
  for (const { value, params } of found) {
    const text = oneLine(unescapeText(value));
    const isPart = params.includes('VALUE=TEXT') || NO_YEAR.test(text);
    const day = isPart ? undefined : readDay(text, order);
    if (day === undefined || (birthday !== undefined && day !== birthday))
      odd.add(text.replace(NO_YEAR, '--'));
    birthday ??= day;
  }
  const oddDays = [...odd].filter((text) => !isEmptyDay(text)).map((text) => `Birthday: ${text}`);
  return { birthday, oddDays };
}

/** Whether the contact is starred, undefined if no category says so, and a line with the other categories. */
function readCategories(properties: readonly Ranked[]): { favorite: boolean | undefined; others: string[] } {
  const names = properties.flatMap(({ value }) => value.split(','));
  const lower = names.map((name) => name.toLowerCase());
  const others = names
    .map((name) => oneLine(unescapeText(name)))
    .filter((name) => name !== '' && !OWN.test(name));
  const isUnstarred = lower.includes(UNSTARRED) ? false : undefined;
  return {
    favorite: lower.includes(STARRED) || isUnstarred,
    others: others.length === 0 ? [] : [`Categories: ${others.join(', ').slice(0, MAX_CELL_LENGTH)}`],
  };
}

/** Categories that are no note: ours and Google's. */
const OWN = /^(?:starred|unstarred|my ?contacts)$/i;

/** "Address (home): 1 Main St, Springfield". */
function notedLines(properties: Properties): string[] {
  const lines: string[] = [];
  const labels = new Map<string, string>();
  for (const { group, value } of properties.get('X-ABLABEL') ?? []) {
    labels.set(group, oneLine(unescapeText(value.replace(APPLE_LABEL, '$1'))));
  }
  for (const [name, label] of NOTED) {
    for (const { group, value, params } of (properties.get(name) ?? []).slice(0, MAX_ENTRY_VALUES)) {
      const text = STRUCTURED.has(name) ? joinParts(splitParts(value), ', ') : oneLine(unescapeText(value));
      const type = labels.get(group) ?? TYPE.exec(params.join(';'))?.[1]?.toLowerCase();
      if (text !== '') lines.push(`${label}${type === undefined ? '' : ` (${type})`}: ${text}`);
    }
  }
  return lines;
}

/** Apple's own labels. */
const APPLE_LABEL = /^_\$!<(.*)>!\$_$/;
const STRUCTURED = new Set(['ADR', 'GENDER', 'GEO']);
const TYPE =
  /(?:^|;)(?:TYPE="?)?(HOME|WORK|SPOUSE|CHILD|PARENT|SIBLING|FRIEND|COLLEAGUE|AGENT|EMERGENCY)(?:$|[;,"])/;
