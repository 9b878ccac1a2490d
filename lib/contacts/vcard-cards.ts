import { type SlicedTask, Stride } from '../core/time-slicing';
import { knownKind } from './csv-columns';
import { MAX_CELL_LENGTH, MAX_GIVEN_VALUES, MAX_IMPORT_ENTRIES } from './import-limits';
import type { ImportOptions } from './import-reading';
import { type Property, readProperty, splitParts, unfoldLines, type ValueDecoders } from './vcard-lines';

/** The standard's values of PREF are 1 to 100. */
const UNRANKED = 101;
const PREFERRED = /(?:^|[=,"])PREF(?:$|[,"])/;
const FAX_OR_PAGER = /(?:^|[=,"])(?:FAX|PAGER)(?:$|[,"])/;

/** A property with its rank among those of its name. */
export interface Ranked {
  group: string;
  value: string;
  isGuessed: boolean;
  params: readonly string[];
  rank: number;
}

export interface Card {
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
  ...['KIND', 'X-ADDRESSBOOKSERVER-KIND', 'X-GIVEN', 'X-FAMILY'],
]);

/** The properties that go to the notes, with their labels. */
export const NOTED = new Map<string, string>([
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

/** The cards of a file, without those of groups. */
export function* readCards(
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
  const stride = new Stride();
  for (const line of unfoldLines(text)) {
    if (!line || stride.isOver(line.text.length)) yield;
    if (!line) continue;
    const property = yield* readProperty(line.text, decoders);
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
  if ((!READ.has(name) && !NOTED.has(name)) || value.trim() === '') return;
  const alike = card.properties.get(name) ?? [];
  card.properties.set(name, alike);
  if (alike.length > MAX_GIVEN_VALUES) return;
  const added = { group, value, isGuessed, params, rank: rankOf(params) };
  alike.push(added);
  if (CONTINUED.has(name)) card.last = added;
}

/** A list of other cards, as Apple and Nextcloud write them. */
function isGroup({ properties }: Card): boolean {
  const kinds = ['KIND', 'X-ADDRESSBOOKSERVER-KIND'].flatMap((name) => properties.get(name) ?? []);
  return kinds.some(({ value }) => value.trim().toLowerCase() === 'group');
}

function rankOf(params: readonly string[]): number {
  const numbered = params.find((param) => param.startsWith('PREF='));
  if (numbered !== undefined) return Number(numbered.slice('PREF='.length).replaceAll('"', '')) || UNRANKED;
  if (params.some((param) => PREFERRED.test(param))) return 0;
  return params.some((param) => FAX_OR_PAGER.test(param)) ? UNRANKED + 1 : UNRANKED;
}
