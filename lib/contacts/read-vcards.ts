import type { FieldError } from '../core/errors';
import type { SlicedTask } from '../core/time-slicing';
import { type DayOrder, guessDayOrder, isEmptyDay, readDay } from './calendar-day';
import { knownKind } from './csv-columns';
import { type EntryFields, type ImportEntry, nameOfEntry } from './import-entry';
import { MAX_CELL_LENGTH, MAX_ENTRY_VALUES, MAX_GIVEN_VALUES, MAX_IMPORT_ENTRIES } from './import-limits';
import type { ImportOptions, ImportProblem, ImportReading } from './import-reading';
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
import { type Property, readProperty, unfoldLines, type ValueDecoders } from './vcard-lines';

/** The standard's values of PREF are 1 to 100. */
const UNRANKED = 101;
const PREFERRED = /(?:^|[=,"])PREF(?:$|[,"])/;
const FAX_OR_PAGER = /(?:^|[=,"])(?:FAX|PAGER)(?:$|[,"])/;
/** Placeholders for birthdays without a year, the first one Apple's. */
const NO_YEAR = /^(?:1604|0000)-?/;
/** Lines before the first card are ignored: comments, and what a mail program adds. */
const FIRST_CARD = /^[\uFEFF\s]*(?:[^\n]{0,200}\n){0,5}[\uFEFF\t ]*BEGIN:VCARD/i;

/** Whether a text starts with a vCard, after some other lines at most. */
export function isVcard(text: string): boolean {
  return FIRST_CARD.test(text.slice(0, 4_096).replace(/\r\n?/g, '\n'));
}

/** A property with its rank among those of its name. */
interface Ranked {
  group: string;
  value: string;
  isGuessed: boolean;
  params: readonly string[];
  rank: number;
}

interface Card {
  line: number;
  /** By name, those of `READ` and `NOTED` only; of each, at most one more than the limit. */
  properties: Map<string, Ranked[]>;
  /** Where lines go that are not a property: into the text before them. */
  last: Ranked | null;
  /** In version 2.1, AGENT may contain another card. */
  isAgentOpen: boolean;
}

/** The properties that are read. */
const READ = new Set([
  ...['N', 'FN', 'ORG', 'EMAIL', 'TEL', 'NOTE', 'BDAY', 'CATEGORIES', 'X-ABLABEL'],
  ...['KIND', 'X-ADDRESSBOOKSERVER-KIND'],
]);

/** The properties that go to the notes, with their labels. */
const NOTED = new Map<string, string>([
  ['NICKNAME', 'Nickname'],
  ['TITLE', 'Title'],
  ['ROLE', 'Role'],
  ['ADR', 'Address'],
  ['LABEL', 'Address'],
  ['URL', 'Website'],
  ['IMPP', 'Chat'],
  ['ANNIVERSARY', 'Anniversary'],
  ['X-ANNIVERSARY', 'Anniversary'],
  ['X-EVOLUTION-ANNIVERSARY', 'Anniversary'],
  ['X-WEDDING', 'Anniversary'],
  ['X-ABDATE', 'Date'],
  ['DEATHDATE', 'Date of death'],
  ['BIRTHPLACE', 'Place of birth'],
  ['GENDER', 'Gender'],
  ['X-GENDER', 'Gender'],
  ['RELATED', 'Related'],
  ['X-ABRELATEDNAMES', 'Related'],
  ['X-SPOUSE', 'Spouse'],
  ['X-EVOLUTION-SPOUSE', 'Spouse'],
  ['X-MANAGER', 'Manager'],
  ['X-EVOLUTION-MANAGER', 'Manager'],
  ['X-ASSISTANT', 'Assistant'],
  ['X-EVOLUTION-ASSISTANT', 'Assistant'],
  ['X-SOCIALPROFILE', 'Profile'],
  ['SOCIALPROFILE', 'Profile'],
  ['X-SKYPE', 'Skype'],
  ['X-SKYPE-USERNAME', 'Skype'],
  ['X-AIM', 'AIM'],
  ['X-ICQ', 'ICQ'],
  ['X-JABBER', 'Jabber'],
  ['X-MSN', 'MSN'],
  ['X-YAHOO', 'Yahoo'],
  ['X-QQ', 'QQ'],
  ['X-GOOGLE-TALK', 'Google Talk'],
  ['X-GTALK', 'Google Talk'],
  ['X-TELEGRAM', 'Telegram'],
  ['X-TWITTER', 'Twitter'],
  ['X-NICKNAME', 'Nickname'],
  ['X-MAIDENNAME', 'Maiden name'],
  ['X-PHONETIC-FIRST-NAME', 'Phonetic first name'],
  ['X-PHONETIC-MIDDLE-NAME', 'Phonetic middle name'],
  ['X-PHONETIC-LAST-NAME', 'Phonetic last name'],
  ['X-DEPARTMENT', 'Department'],
  ['EXPERTISE', 'Expertise'],
  ['HOBBY', 'Hobby'],
  ['INTEREST', 'Interest'],
  ['LANG', 'Language'],
  ['GEO', 'Location'],
]);

/** The properties of Android's own kinds of values, by the last part of their types, and of its events. */
const ANDROID: Record<string, string> = {
  nickname: 'NICKNAME',
  contact_event: 'X-ABDATE',
  relation: 'RELATED',
};
const ANDROID_EVENTS: Record<string, string> = { '1': 'ANNIVERSARY', '3': 'BDAY' };

/** Properties whose values may have several lines in a file that breaks the rules. */
const CONTINUED = new Set(['N', 'FN', 'ORG', 'NOTE', 'TITLE', 'ADR', 'LABEL']);

/** The property of a header of a table, for files whose cards have such names. */
const BY_HEADER: Record<string, string> = {
  first_name: 'X-GIVEN',
  last_name: 'X-FAMILY',
  name: 'FN',
  email: 'EMAIL',
  phone: 'TEL',
  birthday: 'BDAY',
  notes: 'NOTE',
  company: 'ORG',
};

export type VcardReading = Pick<ImportReading, 'datesAmbiguous' | 'entries' | 'problems'>;

/** The entries of a file of vCards, versions 2.1 to 4.0. Unknown content is ignored. */
export function* readVcards(text: string, options: ImportOptions = {}): SlicedTask<VcardReading> {
  const { cards, isCutOff } = yield* readCards(text, options);
  const days = cards.flatMap(({ properties }) => properties.get('BDAY')?.map(({ value }) => value) ?? []);
  const guess = guessDayOrder(days);
  const entries: ImportEntry[] = [];
  const problems: ImportProblem[] = [];
  for (const card of cards) {
    const entry = toEntry(card, options.dateOrder ?? guess.order);
    entries.push(entry);
    const { line } = card;
    const name = nameOfEntry(entry);
    const isGuessed = [...card.properties.values()].some((several) => several.some((one) => one.isGuessed));
    if (isGuessed) problems.push({ line, name, reason: 'encoding_guessed' });
    if (isCutOff && card === cards.at(-1)) problems.push({ line, name, reason: 'cut_off' });
    yield;
  }
  return { entries, problems, datesAmbiguous: guess.isAmbiguous };
}

function* readCards(
  text: string,
  { encoding }: ImportOptions,
): SlicedTask<{ cards: Card[]; isCutOff: boolean }> {
  const cards: Card[] = [];
  const decoders: ValueDecoders = { known: new Map(), fallback: encoding };
  let card: Card | null = null;
  let agents = 0;
  const finish = () => {
    if (card && !isGroup(card)) cards.push(card);
    card = null;
  };
  for (const line of unfoldLines(text)) {
    yield;
    if (!line) continue;
    const property = readProperty(line.text, decoders);
    if (property && isMark(property, 'BEGIN')) {
      if (agents > 0 || card?.isAgentOpen) {
        agents += 1;
        continue;
      }
      finish();
      card = { line: line.number, properties: new Map(), last: null, isAgentOpen: false };
    } else if (property && isMark(property, 'END')) {
      if (agents > 0) agents -= 1;
      else finish();
    } else if (agents === 0 && card) addLine(card, property, line.text);
    // One above the limit is enough to refuse the file.
    if (cards.length > MAX_IMPORT_ENTRIES) break;
  }
  const isCutOff = card !== null && !isGroup(card);
  finish();
  return { cards, isCutOff };
}

function isMark({ name, value }: Property, mark: 'BEGIN' | 'END'): boolean {
  return name === mark && value.trim().toUpperCase() === 'VCARD';
}

/** A line that is not a property continues the text before it, or is named like a column of a table. */
function addLine(card: Card, property: Property | null, text: string): void {
  if (property && /^[A-Z0-9-]+$/.test(property.name)) {
    addProperty(card, property);
    return;
  }
  const name = property && BY_HEADER[knownKind(property.name)?.kind ?? ''];
  if (property && name && !card.last) addProperty(card, { ...property, name });
  const { last } = card;
  if (last && last.value.length < MAX_CELL_LENGTH) last.value += `\\n${text.slice(0, MAX_CELL_LENGTH)}`;
}

function addProperty(card: Card, property: Property): void {
  const { group, name, params, value, isGuessed } = property;
  if (name === 'X-ANDROID-CUSTOM') {
    const [type = '', text = '', event = ''] = splitParts(value);
    const kind = ANDROID[type.slice(type.lastIndexOf('/') + 1)];
    const standard = kind === 'X-ABDATE' ? (ANDROID_EVENTS[event] ?? kind) : kind;
    if (standard !== undefined) addProperty(card, { group, name: standard, params, value: text, isGuessed });
    return;
  }
  card.isAgentOpen = name === 'AGENT' && value.trim() === '';
  card.last = null;
  const isRead = READ.has(name) || NOTED.has(name) || name === 'X-GIVEN' || name === 'X-FAMILY';
  if (!isRead || value.trim() === '') return;
  const alike = card.properties.get(name) ?? [];
  card.properties.set(name, alike);
  if (alike.length > MAX_GIVEN_VALUES) return;
  const added = { group, value: value.slice(0, MAX_CELL_LENGTH), isGuessed, params, rank: rankOf(params) };
  alike.push(added);
  if (CONTINUED.has(name)) card.last = added;
}

/** A list of other cards, as Apple and Nextcloud write them. */
function isGroup({ properties }: Card): boolean {
  const kinds = ['KIND', 'X-ADDRESSBOOKSERVER-KIND'].flatMap((name) => properties.get(name) ?? []);
  return kinds.some(({ value }) => value.trim().toLowerCase() === 'group');
}

function toEntry({ line, properties }: Card, order: DayOrder): ImportEntry {
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

/**
 * The parts of a structured value, in a list with blanks for commas. In version 2.1, only the semicolon is
 * escaped.
 */
function splitParts(value: string, { isList = false } = {}): string[] {
  const parts = value.match(/\\[\s\S]|[^;\\]+|[;\\]/g) ?? [];
  const found = [''];
  for (const part of parts) {
    if (part === ';') found.push('');
    else found[found.length - 1] += isList ? part.replace(/,(?!\s|$)/g, ' ') : part;
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
