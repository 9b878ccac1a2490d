import type { FieldError } from '../errors';
import type { BookEntry, Candidate, EntryFields } from './book-entry';
import { isNoted, phoneKey } from './sameness';
import { contactInputSchema, MAX_CONTACT_NAME_LENGTH, MAX_INFO_LENGTH } from './schema';

export interface EntryFault {
  line: number;
  faults: FieldError[];
}

export interface CheckedEntries {
  people: Candidate[];
  /** Those that cannot be kept, with all that is wrong. */
  faulty: EntryFault[];
}

/**
 * Whom a file tells of. What is no address, number or day goes to the notes, and so will all addresses and
 * numbers but the main ones, so that nothing is lost. Notes and names that are too long for that are a fault
 * unless they may be shortened.
 */
export function checkEntries(
  entries: readonly BookEntry[],
  { mayShorten = false }: { mayShorten?: boolean } = {},
): CheckedEntries {
  const checked: CheckedEntries = { people: [], faulty: [] };
  for (const { line, fields, faults } of entries) {
    const sorted = sortFields(fields);
    const person = mayShorten ? shorten(sorted) : sorted;
    const { emails, phones, others, ...rest } = person;
    const parsed = contactInputSchema.safeParse({ ...rest, info: notesOf(person) });
    const found = parsed.error?.issues.map(({ path, message }) => ({ path: path.join('.'), message })) ?? [];
    if (parsed.success && faults.length === 0) {
      checked.people.push({ ...parsed.data, info: person.info, emails, phones, others });
    } else checked.faulty.push({ line, faults: [...faults, ...found] });
  }
  return checked;
}

const { email: emailField, phone: phoneField, birthday: birthdayField } = contactInputSchema.shape;

type SortedFields = ReturnType<typeof sortFields>;

function sortFields({ birthday = '', info = '', favorite, ...given }: EntryFields) {
  const emails = parseEach(given.emails, (text) => emailField.safeParse(text).data);
  const phones = parseEach(given.phones, (text) => phoneField.safeParse(text).data, phoneKey);
  const isDay = birthdayField.safeParse(birthday).success;
  return {
    first_name: given.first_name.trim() === '' ? nameless(given) : given.first_name,
    last_name: given.last_name ?? '',
    emails: emails.parsed,
    phones: phones.parsed,
    birthday: isDay ? birthday : null,
    others: [...emails.refused, ...phones.refused, isDay ? '' : birthday],
    info: info.replace(/\r\n?/g, '\n'),
    favorite,
  };
}

function nameless({ emails, phones }: Pick<EntryFields, 'emails' | 'phones'>): string {
  return emails[0] ?? phones[0] ?? '';
}

/** Each that is one once, and the others as they are. */
function parseEach(
  texts: readonly string[],
  parse: (text: string) => string | null | undefined,
  keyOf: (value: string) => string = (value) => value,
): { parsed: string[]; refused: string[] } {
  const parsed = new Map<string, string>();
  const refused: string[] = [];
  for (const text of texts) {
    const value = parse(text);
    if (!value) refused.push(text);
    else if (!parsed.has(keyOf(value))) parsed.set(keyOf(value), value);
  }
  return { parsed: [...parsed.values()], refused };
}

/** As long as the notes may become. */
export function notesOf({ info, emails, phones, others }: Omit<Candidate, 'first_name'>): string {
  return [...emails.slice(1), ...phones.slice(1), ...others].reduce(addLine, info ?? '');
}

/** Notes with one more line, unless they say it already. */
export function addLine(notes: string, line: string): string {
  if (isNoted(notes, line)) return notes;
  return notes === '' ? line : `${notes.trimEnd()}\n${line}`;
}

/** A name that is cut is whole in the notes. */
function shorten(person: SortedFields): SortedFields {
  const first_name = cut(person.first_name, MAX_CONTACT_NAME_LENGTH);
  const last_name = cut(person.last_name, MAX_CONTACT_NAME_LENGTH);
  const isCut = first_name !== person.first_name || last_name !== person.last_name;
  const whole = isCut ? `${person.first_name} ${person.last_name}`.trim() : '';
  const notes = [whole, notesOf(person)].filter((text) => text !== '').join('\n');
  const named = { ...person, first_name, last_name };
  if (!isCut && [...notes].length <= MAX_INFO_LENGTH) return named;
  return {
    ...named,
    info: cut(notes, MAX_INFO_LENGTH),
    emails: person.emails.slice(0, 1),
    phones: person.phones.slice(0, 1),
    others: [],
  };
}

/** `max` in characters, as the schema counts them. */
function cut(text: string, max: number): string {
  const characters = [...text.trim()];
  return characters.length <= max ? text : `${characters.slice(0, max - 1).join('')}…`;
}
