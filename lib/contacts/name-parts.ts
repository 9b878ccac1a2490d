import { MAX_COMPARED, nameWords } from './compare-names';
import { MAX_CELL_LENGTH } from './import-limits';
import { hasAtMost, SURELY_TOO_LONG } from './notes';
import { MAX_CONTACT_NAME_LENGTH } from './schema';

/** The parts of a name as most programs write them. */
export interface NameParts {
  prefix: string;
  given: string;
  middle: string;
  family: string;
  suffix: string;
}

export interface ContactName {
  first_name: string;
  last_name: string;
  /** Lines for the notes with parts that the name has no room for. */
  extras: string[];
}

/** What is written after a name and a comma without being a first name. */
const AFTER_COMMA = /^(?:jr|sr|junior|senior|i{1,3}|iv|esq|ph\.?d|m\.?d|inc|ltd|llc|gmbh|ag|co|kg|мл|ст)\b/i;

/** Without line breaks and repeated blanks. */
export function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}

/** A text as a line for the notes, cut only if it has no room in them. */
export function noteLine(text: string): string {
  return oneLine(text.slice(0, MAX_CELL_LENGTH)).slice(0, SURELY_TOO_LONG + 1);
}

export function joinParts(parts: readonly string[], separator = ' '): string {
  return parts
    .map(oneLine)
    .filter((part) => part !== '')
    .join(separator);
}

/**
 * The first name with prefix and middle names, and the last name with the suffix: they tell people of one name
 * apart. Null if there is no name.
 */
export function toContactName(parts: NameParts): ContactName | null {
  const { prefix, given, middle, family, suffix } = parts;
  if (joinParts([given, middle, family]) === '') return null;
  const first = joinParts([prefix, given, middle]);
  const last = joinParts([family, suffix]);
  const whole = joinParts([first, last]);
  const isTooLong = ![first, last].every((name) => hasAtMost(name, MAX_CONTACT_NAME_LENGTH));
  const short = [joinParts([given || middle]), joinParts([family])];
  if (isTooLong && short.every((name) => hasAtMost(name, MAX_CONTACT_NAME_LENGTH))) {
    return { ...ordered(short[0], short[1]), extras: [`Name: ${whole}`] };
  }
  return { ...ordered(first, last), extras: [] };
}

function ordered(first = '', last = ''): Pick<ContactName, 'first_name' | 'last_name'> {
  return first === '' ? { first_name: last, last_name: '' } : { first_name: first, last_name: last };
}

/** A prefix before two more words. */
const PREFIXED = /^((?:mrs?|ms|miss|dr|prof|herr|frau)\.?) (\S+ \S.*)$/i;

/** Splits a full name: the first word is the first name, or what follows a comma. */
export function splitName(whole: string): ContactName {
  const name = oneLine(whole);
  const comma = name.indexOf(',');
  const after = name.slice(comma + 1).trim();
  if (comma > 0 && after !== '' && !after.includes(',') && !AFTER_COMMA.test(after)) {
    return { first_name: after, last_name: name.slice(0, comma).trim(), extras: [] };
  }
  const prefixed = PREFIXED.exec(name);
  if (!prefixed) return splitWords(name);
  const split = splitWords(prefixed[2] ?? '');
  return { ...split, first_name: `${prefixed[1]} ${split.first_name}` };
}

/** Splits the name of an organization at its first blank. */
export function splitWords(whole: string): ContactName {
  const [first = '', ...rest] = oneLine(whole).split(' ');
  return { first_name: first, last_name: rest.join(' '), extras: [] };
}

/** Whether a name has a word that another one has not. */
export function addsWords(name: string, to: Pick<ContactName, 'first_name' | 'last_name'>): boolean {
  return wordsBeyond(to)(name);
}

/** Like `addsWords`, for several names that are compared with the same one. */
export function wordsBeyond({
  first_name,
  last_name,
}: Pick<ContactName, 'first_name' | 'last_name'>): (name: string) => boolean {
  const known = new Set(nameWords(`${first_name} ${last_name}`));
  return (name) => {
    if (name.length > MAX_COMPARED) return true;
    // East Asian names are written without blanks.
    if ([last_name + first_name, first_name + last_name].includes(name.replace(/\s+/g, ''))) return false;
    return nameWords(name).some((word) => !known.has(word));
  };
}
