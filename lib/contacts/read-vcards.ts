import type { FieldError } from '../core/errors';
import { readDay } from './calendar-day';
import { type EntryFields, type ImportEntry, splitName } from './import-entry';
import { MAX_CELL_LENGTH, MAX_GIVEN_VALUES, MAX_IMPORT_ENTRIES } from './import-limits';
import type { SlicedTask } from './time-slicing';
import { STARRED, UNSTARRED } from './vcard';
import { type Property, readProperty, unfoldLines } from './vcard-lines';

/** The standard's values of PREF are 1 to 100. */
const UNRANKED = 101;
const PREFERRED = /(?:^|[=,"])PREF(?:$|[,"])/;
const FAX_OR_PAGER = /(?:^|[=,"])(?:FAX|PAGER)(?:$|[,"])/;
/** Apple's placeholder year for birthdays without a year. */
const NO_YEAR = /^1604-/;

/** Whether a text starts with a vCard. */
export function isVcard(text: string): boolean {
  return /^\s*BEGIN:VCARD/i.test(text);
}

/** A property with its rank among those of its name. */
interface Ranked {
  value: string | null;
  params: readonly string[];
  rank: number;
}

interface Card {
  line: number;
  /** By name, those of `READ` only; of each, at most one more than the limit. */
  properties: Map<string, Ranked[]>;
  /** In version 2.1, AGENT may contain another card. */
  isAgentOpen: boolean;
}

/** The properties that are read. */
const READ = new Set([
  ...['N', 'FN', 'ORG', 'EMAIL', 'TEL', 'NOTE', 'BDAY', 'CATEGORIES'],
  ...['KIND', 'X-ADDRESSBOOKSERVER-KIND'],
]);

/** The entries of a file of vCards, versions 2.1 to 4.0. Unknown content is ignored. */
export function* readVcards(text: string): SlicedTask<ImportEntry[]> {
  const entries: ImportEntry[] = [];
  const decoders = new Map<string, TextDecoder | null>();
  let card: Card | null = null;
  let agents = 0;
  for (const line of unfoldLines(text)) {
    yield;
    const property = line && readProperty(line.text, decoders);
    if (!property) continue;
    if (isMark(property, 'BEGIN')) {
      if (agents > 0 || card?.isAgentOpen) {
        agents += 1;
        continue;
      }
      if (card) entries.push(...toEntries(card));
      card = { line: line.number, properties: new Map(), isAgentOpen: false };
    } else if (isMark(property, 'END')) {
      if (agents > 0) agents -= 1;
      else if (card) {
        entries.push(...toEntries(card));
        card = null;
      }
    } else if (agents === 0 && card) addProperty(card, property);
    // One above the limit is enough to refuse the file.
    if (entries.length > MAX_IMPORT_ENTRIES) return entries;
  }
  if (card) entries.push(...toEntries(card));
  return entries;
}

function isMark({ name, value }: Property, mark: 'BEGIN' | 'END'): boolean {
  return name === mark && value?.trim().toUpperCase() === 'VCARD';
}

function addProperty(card: Card, { name, params, value }: Property): void {
  card.isAgentOpen = name === 'AGENT' && value?.trim() === '';
  if (!READ.has(name) || value?.trim() === '') return;
  const alike = card.properties.get(name) ?? [];
  card.properties.set(name, alike);
  if (alike.length > MAX_GIVEN_VALUES) return;
  alike.push({ value: value?.slice(0, MAX_CELL_LENGTH) ?? null, params, rank: rankOf(params) });
}

/** Empty for a group of other cards, as Apple and Nextcloud write them. */
function toEntries(card: Card): ImportEntry[] {
  const kinds = ['KIND', 'X-ADDRESSBOOKSERVER-KIND'].flatMap((name) => card.properties.get(name) ?? []);
  return kinds.some(({ value }) => value?.trim().toLowerCase() === 'group') ? [] : [toEntry(card)];
}

function toEntry({ line, properties }: Card): ImportEntry {
  const faults: FieldError[] = [];
  const textsOf = (path: string, ...names: string[]): string[][] => {
    const found = names.map((name) => sortByRank(properties.get(name) ?? []));
    const texts = found.map((several) => several.flatMap(({ value }) => value ?? []));
    // A property that cannot be read is an error unless another one of the kind can.
    if (found.flat().length > 0 && texts.flat().length === 0) faults.push({ path, message: 'not_utf8' });
    return texts;
  };
  const valuesOf = (path: string, name: string): string[] => {
    const [values = []] = textsOf(path, name);
    if (values.length <= MAX_GIVEN_VALUES) return values;
    faults.push({ path, message: 'contact_values_refused' });
    return [];
  };
  const [[structured = ''] = [], [whole = ''] = [], [company = ''] = []] = textsOf(
    'first_name',
    'N',
    'FN',
    'ORG',
  );
  const emails = valuesOf('email', 'EMAIL');
  const phones = valuesOf('phone', 'TEL');
  const [notes = []] = textsOf('info', 'NOTE');
  const fields: EntryFields = {
    ...nameOf(structured, { whole: unescapeText(whole), company: splitParts(company)[0] ?? '' }),
    emails: emails.map((email) => unescapeText(email).replace(/^mailto:/i, '')),
    phones: phones.map(readPhone),
    birthday: birthdayOf(properties.get('BDAY')?.[0]),
    info: joinNotes(notes) || undefined,
    favorite: isStarred(properties.get('CATEGORIES') ?? []),
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

function nameOf(
  structured: string,
  { whole, company }: { whole: string; company: string },
): Pick<EntryFields, 'first_name' | 'last_name'> {
  const [last = '', given = '', additional = ''] = splitParts(structured).map((part) => part.trim());
  const first = [given, additional].filter((part) => part !== '').join(' ');
  if (first !== '') return { first_name: first, last_name: last };
  if (last !== '') return { first_name: last, last_name: '' };
  return splitName(whole.trim() === '' ? company : whole);
}

/** The parts of a structured value. In version 2.1, only the semicolon is escaped. */
function splitParts(value: string): string[] {
  const parts = value.match(/\\[\s\S]|[^;\\]+|[;\\]/g) ?? [];
  const found = [''];
  for (const part of parts) {
    if (part === ';') found.push('');
    else found[found.length - 1] += part;
  }
  return found.map(unescapeText);
}

function unescapeText(text: string): string {
  return text.replace(/\\([\s\S])/g, (_, character: string) => (/n/i.test(character) ? '\n' : character));
}

/** Preferred values first, fax and pager numbers last. */
function sortByRank(properties: readonly Ranked[]): Ranked[] {
  return properties.toSorted((one, other) => one.rank - other.rank);
}

function rankOf(params: readonly string[]): number {
  const numbered = params.find((param) => param.startsWith('PREF='));
  if (numbered !== undefined) return Number(numbered.slice('PREF='.length).replaceAll('"', '')) || UNRANKED;
  if (params.some((param) => PREFERRED.test(param))) return 0;
  return params.some((param) => FAX_OR_PAGER.test(param)) ? UNRANKED + 1 : UNRANKED;
}

function readPhone(value: string): string {
  const number = unescapeText(value).trim().replace(/^tel:/i, '');
  return number.split(';', 1)[0] ?? '';
}

function birthdayOf(found: Ranked | undefined): string | undefined {
  if (!found?.value || found.params.includes('VALUE=TEXT')) return undefined;
  // A year, or a year and a month.
  if (/^\d{4}(?:-\d{2})?$/.test(found.value.trim())) return undefined;
  const day = readDay(found.value);
  return day !== undefined && NO_YEAR.test(day) ? undefined : day;
}

/** Undefined if no category says so. */
function isStarred(properties: readonly Ranked[]): boolean | undefined {
  const lists = properties.map(({ value }) => value ?? '');
  const categories = lists.flatMap((list) => list.toLowerCase().split(','));
  if (categories.includes(STARRED)) return true;
  return categories.includes(UNSTARRED) ? false : undefined;
}
