import type { FieldError } from '../errors';
import type { BookEntry, EntryFields } from './book-entry';
import { readDay } from './calendar-day';
import type { ContactDto } from './schema';

/** The category that Google writes for those with a star. */
const STARRED = 'starred';
/** Ours, for those whom their name alone would star. */
const UNSTARRED = 'unstarred';
const STARRED_BY_NAME = /^My /;
const MAX_LINE_BYTES = 75;
/** The standard's numbers for the preferred go from 1 to 100. */
const UNRANKED = 101;
const PREFERRED = /(?:^|[=,"])PREF(?:$|[,"])/;
const FOR_MACHINES = /(?:^|[=,"])(?:FAX|PAGER)(?:$|[,"])/;
/** Apple's year for birthdays without one. */
const NO_YEAR = /^1604-/;

export type WrittenContact = Pick<
  ContactDto,
  'first_name' | 'last_name' | 'email' | 'phone' | 'birthday' | 'info' | 'favorite'
>;

/** A contact as a vCard 4.0 (RFC 6350). */
export function writeVcard(contact: WrittenContact): string {
  const { first_name, last_name, email, phone, birthday, info, favorite } = contact;
  const lines = [
    'BEGIN:VCARD',
    'VERSION:4.0',
    `FN:${escapeText(`${first_name} ${last_name}`.trim())}`,
    `N:${escapeText(last_name)};${escapeText(first_name)};;;`,
    email === null ? '' : `EMAIL:${escapeText(email)}`,
    phone === null ? '' : `TEL:${phone}`,
    birthday === null ? '' : `BDAY:${birthday.replaceAll('-', '')}`,
    info === '' ? '' : `NOTE:${escapeText(info)}`,
    favorite ? `CATEGORIES:${STARRED}` : '',
    !favorite && STARRED_BY_NAME.test(first_name) ? `CATEGORIES:${UNSTARRED}` : '',
    'END:VCARD',
  ];
  return lines
    .filter((line) => line !== '')
    .map((line) => `${foldLine(line)}\r\n`)
    .join('');
}

function escapeText(text: string): string {
  return text.replace(/[\\,;]/g, '\\$&').replace(/\r\n?|\n/g, '\\n');
}

/** Breaks a line so that none is longer than the standard allows, and no character falls apart. */
function foldLine(line: string): string {
  if (line.length * 3 <= MAX_LINE_BYTES) return line;
  let folded = '';
  let room = MAX_LINE_BYTES;
  for (const character of line) {
    const bytes = Buffer.byteLength(character);
    if (bytes > room) {
      folded += '\r\n ';
      room = MAX_LINE_BYTES - 1;
    }
    folded += character;
    room -= bytes;
  }
  return folded;
}

interface Property {
  name: string;
  /** In capitals: `TYPE=HOME`, or `HOME` alone as version 2.1 writes it. */
  params: string[];
  /** Null when it is not text in the character set that it names. */
  value: string | null;
}

interface Line {
  number: number;
  text: string;
}

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
      if (card) entries.push(toEntry(card));
      card = { line: line.number, properties: [] };
    } else if (mark === 'END:VCARD') {
      if (agents > 0) agents -= 1;
      else if (card) {
        if (!isGroup(card)) entries.push(toEntry(card));
        card = null;
      }
    } else if (agents === 0) card?.properties.push(property);
  }
  if (card) entries.push(toEntry(card));
  return entries;
}

/** A list of other cards, as Apple and Nextcloud keep them: nobody. */
function isGroup({ properties }: { properties: readonly Property[] }): boolean {
  return properties.some(
    ({ name, value }) =>
      (name === 'KIND' || name === 'X-ADDRESSBOOKSERVER-KIND') && value?.trim().toLowerCase() === 'group',
  );
}

/** In version 2.1, another card may lie inside of one: somebody's secretary. */
function isOpenAgent(property: Property | undefined): boolean {
  return property?.name === 'AGENT' && property.value?.trim() === '';
}

/** Lines that go on in the next one are joined, those of quoted-printable values too. */
function unfoldLines(text: string): Line[] {
  const lines: { number: number; pieces: string[]; isSoft: boolean }[] = [];
  for (const [index, raw] of text.split(/\r\n|\n|\r/).entries()) {
    const last = lines.at(-1);
    if (last?.isSoft) {
      last.isSoft = raw.endsWith('=');
      last.pieces.push(last.isSoft ? raw.slice(0, -1) : raw);
    } else if (last && /^[ \t]/.test(raw)) {
      last.pieces.push(raw.slice(1));
    } else {
      const isSoft = raw.endsWith('=') && /;(?:ENCODING=)?QUOTED-PRINTABLE/i.test(raw.split(':', 1)[0] ?? '');
      lines.push({ number: index + 1, pieces: [isSoft ? raw.slice(0, -1) : raw], isSoft });
    }
  }
  return lines.map(({ number, pieces }) => ({ number, text: pieces.join('') }));
}

function readProperty(line: string): Property | null {
  const colon = endOfHead(line);
  if (colon < 0) return null;
  const [path = '', ...params] = line.slice(0, colon).toUpperCase().split(';');
  const name = path.slice(path.lastIndexOf('.') + 1).trim();
  return { name, params, value: decodeValue(line.slice(colon + 1), params) };
}

/** The first colon that is not between quotes; of a quote that never ends, the first at all. */
function endOfHead(line: string): number {
  let isQuoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at];
    if (character === '"') isQuoted = !isQuoted;
    else if (character === ':' && !isQuoted) return at;
  }
  return line.indexOf(':');
}

function decodeValue(value: string, params: readonly string[]): string | null {
  if (!params.some((param) => /^(?:ENCODING=)?(?:QUOTED-PRINTABLE|Q)$/.test(param.trim()))) return value;
  const charset = params.find((param) => param.startsWith('CHARSET='))?.slice('CHARSET='.length) ?? 'UTF-8';
  return decodeQuotedPrintable(value, charset.replaceAll('"', '').trim());
}

function decodeQuotedPrintable(value: string, charset: string): string | null {
  const bytes = Buffer.from(value, 'utf8')
    .toString('latin1')
    .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  try {
    return new TextDecoder(charset, { fatal: true }).decode(Buffer.from(bytes, 'latin1'));
  } catch {
    return null;
  }
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

/** A name in one piece: the first word is the first name. */
export function splitName(whole: string): Pick<EntryFields, 'first_name' | 'last_name'> {
  const [first = '', ...rest] = whole.trim().split(/\s+/);
  return { first_name: first, last_name: rest.join(' ') };
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
