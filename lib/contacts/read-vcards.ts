import type { FieldError } from '../errors';
import { type BookEntry, type EntryFields, splitName } from './book-entry';
import { readDay } from './calendar-day';
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

/** Everybody in a file of vCards, versions 2.1 to 4.0. What is not understood in it is passed over. */
export function readVcards(text: string): BookEntry[] {
  const entries: BookEntry[] = [];
  let card: { line: number; properties: Property[] } | null = null;
  let agents = 0;
  for (const line of unfoldLines(text)) {
    const property = readProperty(line.text);
    if (!property) continue;
    const mark = `${property.name}:${property.value?.trim().toUpperCase() ?? ''}`;
    if (mark === 'BEGIN:VCARD') {
      const isAgent = agents > 0 || (card !== null && isOpenAgent(card.properties.at(-1)));
      if (isAgent) {
        agents += 1;
        continue;
      }
      if (card) entries.push(...toEntries(card));
      card = { line: line.number, properties: [] };
    } else if (mark === 'END:VCARD') {
      if (agents > 0) agents -= 1;
      else if (card) {
        entries.push(...toEntries(card));
        card = null;
      }
    } else if (agents === 0) card?.properties.push(property);
  }
  if (card) entries.push(...toEntries(card));
  return entries;
}

/** Nobody for a list of other cards, as Apple and Nextcloud keep them. */
function toEntries(card: { line: number; properties: Property[] }): BookEntry[] {
  const isGroup = card.properties.some(
    ({ name, value }) =>
      (name === 'KIND' || name === 'X-ADDRESSBOOKSERVER-KIND') && value?.trim().toLowerCase() === 'group',
  );
  return isGroup ? [] : [toEntry(card)];
}

/** In version 2.1, another card may lie inside of one: somebody's secretary. */
function isOpenAgent(property: Property | undefined): boolean {
  return property?.name === 'AGENT' && property.value?.trim() === '';
}

function toEntry({ line, properties }: { line: number; properties: Property[] }): BookEntry {
  const faults: FieldError[] = [];
  const textsOf = (path: string, ...names: string[]): string[][] => {
    const found = names.map((name) => mainFirst(properties.filter((property) => property.name === name)));
    const texts = found.map((several) => several.flatMap(({ value }) => value ?? []));
    // What cannot be read is a fault where nothing else says the same.
    if (found.flat().length > 0 && texts.flat().length === 0) faults.push({ path, message: 'not_utf8' });
    return texts;
  };
  const [[structured = ''] = [], [whole = ''] = [], [company = ''] = []] = textsOf(
    'first_name',
    'N',
    'FN',
    'ORG',
  );
  const [emails = []] = textsOf('email', 'EMAIL');
  const [phones = []] = textsOf('phone', 'TEL');
  const [notes = []] = textsOf('info', 'NOTE');
  const fields: EntryFields = {
    ...nameOf(structured, { whole: unescapeText(whole), company: splitParts(company)[0] ?? '' }),
    emails: emails.map((email) => unescapeText(email).replace(/^mailto:/i, '')),
    phones: phones.map(readPhone),
    birthday: birthdayOf(properties),
    info: notes.map(unescapeText).join('\n') || undefined,
    favorite: isStarred(properties),
  };
  return { line, fields, faults };
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
function mainFirst(properties: readonly Property[]): Property[] {
  return properties
    .filter(({ value }) => value === null || value.trim() !== '')
    .sort((one, other) => rankOf(one.params) - rankOf(other.params));
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

function birthdayOf(properties: readonly Property[]): string | undefined {
  const found = properties.find(({ name }) => name === 'BDAY');
  if (!found?.value || found.params.includes('VALUE=TEXT')) return undefined;
  // A year alone, or with a month.
  if (/^\d{4}(?:-\d{2})?$/.test(found.value.trim())) return undefined;
  const day = readDay(found.value);
  return day !== undefined && NO_YEAR.test(day) ? undefined : day;
}

/** Undefined where nothing is said of it. */
function isStarred(properties: readonly Property[]): boolean | undefined {
  const lists = properties.filter(({ name }) => name === 'CATEGORIES').map(({ value }) => value ?? '');
  const categories = lists.flatMap((list) => list.toLowerCase().split(','));
  if (categories.includes(STARRED)) return true;
  return categories.includes(UNSTARRED) ? false : undefined;
}
