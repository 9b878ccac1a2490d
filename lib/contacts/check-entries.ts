import type { FieldError } from '../core/errors';
import { type BookEntry, type Candidate, type EntryFields, MAX_ENTRY_VALUES } from './book-entry';
import { addLines, hasAtMost } from './notes';
import { phoneKey } from './sameness';
import { contactInputSchema, MAX_CONTACT_NAME_LENGTH, MAX_INFO_LENGTH } from './schema';
import type { Steps } from './steps';

export interface EntryFault {
  line: number;
  faults: FieldError[];
}

export interface CheckedEntries {
  people: Candidate[];
  /** Those that cannot be kept, with all that is wrong. */
  faulty: EntryFault[];
  /** The lines of those of whom something was cut off. */
  shortened: number[];
}

/**
 * Whom a file tells of. What is no address, number or day goes to the notes, and so will all addresses and
 * numbers but the main ones, so that nothing is lost. Notes and names that are too long for that, and more
 * than `MAX_ENTRY_VALUES` addresses or numbers, are a fault unless they may be shortened.
 */
export function* checkEntries(
  entries: readonly BookEntry[],
  { mayShorten = false }: { mayShorten?: boolean } = {},
): Steps<CheckedEntries> {
  const checked: CheckedEntries = { people: [], faulty: [], shortened: [] };
  for (const { line, fields, faults } of entries) {
    const { person: whole, excess } = sortFields(fields);
    const { person, isShortened } = mayShorten ? shorten(whole) : { person: whole, isShortened: false };
    const { emails, phones, others, ...rest } = person;
    const parsed = contactInputSchema.safeParse({ ...rest, info: notesOf(person) });
    const found = parsed.error?.issues.map(({ path, message }) => ({ path: path.join('.'), message })) ?? [];
    const all = [...faults, ...(mayShorten ? [] : excess), ...found];
    if (parsed.success && all.length === 0) {
      checked.people.push({ ...parsed.data, info: person.info, emails, phones, others });
      if (isShortened || excess.length > 0) checked.shortened.push(line);
    } else checked.faulty.push({ line, faults: all });
    yield;
  }
  return checked;
}

const { email: emailField, phone: phoneField, birthday: birthdayField } = contactInputSchema.shape;

type SortedFields = ReturnType<typeof sortFields>['person'];

/** What is what, at most `MAX_ENTRY_VALUES` of a kind, and of which kinds there are more. */
function sortFields({ birthday = '', info = '', favorite, ...given }: EntryFields) {
  const emails = parseEach(given.emails, readEmail);
  const phones = parseEach(given.phones, (text) => phoneField.safeParse(text).data, phoneKey);
  const isDay = birthdayField.safeParse(birthday).success;
  const person = {
    first_name: given.first_name.trim() === '' ? nameless(given) : given.first_name,
    last_name: given.last_name ?? '',
    emails: emails.parsed,
    phones: phones.parsed,
    birthday: isDay ? birthday : null,
    others: [...emails.refused, ...phones.refused, isDay ? '' : birthday],
    info: info.replace(/\r\n?/g, '\n'),
    favorite,
  };
  const excess: FieldError[] = [];
  if (emails.isExcessive) excess.push({ path: 'email', message: 'contact_values_too_many' });
  if (phones.isExcessive) excess.push({ path: 'phone', message: 'contact_values_too_many' });
  return { person, excess };
}

function nameless({ emails, phones }: Pick<EntryFields, 'emails' | 'phones'>): string {
  return emails[0] ?? phones[0] ?? '';
}

/** The schema looks for blanks at the ends of every run of them. */
function readEmail(text: string): string | null | undefined {
  const trimmed = text.trim();
  return /\s/.test(trimmed) ? null : emailField.safeParse(trimmed).data;
}

/** Each that is one once, and the others as they are, up to the most there may be together. */
function parseEach(
  texts: readonly string[],
  parse: (text: string) => string | null | undefined,
  keyOf: (value: string) => string = (value) => value,
): { parsed: string[]; refused: string[]; isExcessive: boolean } {
  const parsed = new Map<string, string>();
  const refused = new Set<string>();
  for (const text of texts) {
    const value = parse(text);
    const isKnown = value ? parsed.has(keyOf(value)) : refused.has(text);
    if (isKnown) continue;
    if (parsed.size + refused.size === MAX_ENTRY_VALUES) {
      return { parsed: [...parsed.values()], refused: [...refused], isExcessive: true };
    }
    if (value) parsed.set(keyOf(value), value);
    else refused.add(text);
  }
  return { parsed: [...parsed.values()], refused: [...refused], isExcessive: false };
}

/** As long as the notes may become. */
export function notesOf({ info, emails, phones, others }: Omit<Candidate, 'first_name'>): string {
  return addLines(info ?? '', [...emails.slice(1), ...phones.slice(1), ...others]);
}

/** A name that is cut is whole in the notes. */
function shorten(person: SortedFields): { person: SortedFields; isShortened: boolean } {
  const first_name = cut(person.first_name, MAX_CONTACT_NAME_LENGTH);
  const last_name = cut(person.last_name, MAX_CONTACT_NAME_LENGTH);
  const isCut = first_name !== person.first_name || last_name !== person.last_name;
  const whole = isCut ? `${person.first_name} ${person.last_name}`.trim() : '';
  const notes = [whole, notesOf(person)].filter((text) => text !== '').join('\n');
  const named = { ...person, first_name, last_name };
  if (!isCut && hasAtMost(notes, MAX_INFO_LENGTH)) return { person: named, isShortened: false };
  const shortened = {
    ...named,
    info: cut(notes, MAX_INFO_LENGTH),
    emails: person.emails.slice(0, 1),
    phones: person.phones.slice(0, 1),
    others: [],
  };
  return { person: shortened, isShortened: true };
}

/** `max` in characters, as the schema counts them. */
function cut(text: string, max: number): string {
  const trimmed = text.trim();
  if (hasAtMost(trimmed, max)) return text;
  return `${[...trimmed.slice(0, 2 * max)].slice(0, max - 1).join('')}…`;
}
