import type { FieldError } from '../core/errors';
import {
  type BookEntry,
  type EntryFields,
  MAX_BOOK_ENTRIES,
  MAX_CELL_LENGTH,
  MAX_GIVEN_VALUES,
  splitName,
} from './book-entry';
import { readDay } from './calendar-day';
import type { Steps } from './steps';
import { STARRED, UNSTARRED } from './vcard';
import { type Property, readProperty, unfoldLines } from './vcard-lines';

/** The standard's numbers for the preferred go from 1 to 100. */
const UNRANKED = 101;
const PREFERRED = /(?:^|[=,"])PREF(?:$|[,"])/;
const FOR_MACHINES = /(?:^|[=,"])(?:FAX|PAGER)(?:$|[,"])/;
/** Apple's year for birthdays without one. */
const NO_YEAR = /^1604-/;

/** Whether a text says that it is vCards. */
export function isVcard(text: string): boolean {
  return /^\s*BEGIN:VCARD/i.test(text);
}

/** A property with where it stands among those of its name. */
interface Ranked {
  value: string | null;
  params: readonly string[];
  rank: number;
}

interface Card {
  line: number;
  /** By name, those of `READ` only: of each, one more than there may be at most. */
  properties: Map<string, Ranked[]>;
  /** In version 2.1, another card may lie inside of one: that of a secretary. */
  isAgentOpen: boolean;
}

/** What is taken from a card, its kind included. */
const READ = new Set([
  ...['N', 'FN', 'ORG', 'EMAIL', 'TEL', 'NOTE', 'BDAY', 'CATEGORIES'],
  ...['KIND', 'X-ADDRESSBOOKSERVER-KIND'],
]);

/** Everybody in a file of vCards, versions 2.1 to 4.0. What is not understood in it is passed over. */
export function* readVcards(text: string): Steps<BookEntry[]> {
  const entries: BookEntry[] = [];
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
    // One too many says as much as a million.
    if (entries.length > MAX_BOOK_ENTRIES) return entries;
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
  // Longer than anything that is kept of it.
  alike.push({ value: value?.slice(0, MAX_CELL_LENGTH) ?? null, params, rank: rankOf(params) });
}

/** None for a list of other cards, as Apple and Nextcloud keep them. */
function toEntries(card: Card): BookEntry[] {
  const kinds = ['KIND', 'X-ADDRESSBOOKSERVER-KIND'].flatMap((name) => card.properties.get(name) ?? []);
  return kinds.some(({ value }) => value?.trim().toLowerCase() === 'group') ? [] : [toEntry(card)];
}

function toEntry({ line, properties }: Card): BookEntry {
  const faults: FieldError[] = [];
  const textsOf = (path: string, ...names: string[]): string[][] => {
    const found = names.map((name) => mainFirst(properties.get(name) ?? []));
    const texts = found.map((several) => several.flatMap(({ value }) => value ?? []));
    // What cannot be read is a fault where nothing else says the same.
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

/** As far as is needed to see that they are too long. */
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

/** The parts of a structured value. Version 2.1 knows no other escape than that of the semicolon. */
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

/** What is marked as preferred comes first, and a number for machines last. */
function mainFirst(properties: readonly Ranked[]): Ranked[] {
  return properties.toSorted((one, other) => one.rank - other.rank);
}

function rankOf(params: readonly string[]): number {
  const numbered = params.find((param) => param.startsWith('PREF='));
  if (numbered !== undefined) return Number(numbered.slice('PREF='.length).replaceAll('"', '')) || UNRANKED;
  if (params.some((param) => PREFERRED.test(param))) return 0;
  return params.some((param) => FOR_MACHINES.test(param)) ? UNRANKED + 1 : UNRANKED;
}

function readPhone(value: string): string {
  const number = unescapeText(value).trim().replace(/^tel:/i, '');
  return number.split(';', 1)[0] ?? '';
}

function birthdayOf(found: Ranked | undefined): string | undefined {
  if (!found?.value || found.params.includes('VALUE=TEXT')) return undefined;
  // A year alone, or with a month.
  if (/^\d{4}(?:-\d{2})?$/.test(found.value.trim())) return undefined;
  const day = readDay(found.value);
  return day !== undefined && NO_YEAR.test(day) ? undefined : day;
}

/** Undefined where nothing is said of it. */
function isStarred(properties: readonly Ranked[]): boolean | undefined {
  const lists = properties.map(({ value }) => value ?? '');
  const categories = lists.flatMap((list) => list.toLowerCase().split(','));
  if (categories.includes(STARRED)) return true;
  return categories.includes(UNSTARRED) ? false : undefined;
}
