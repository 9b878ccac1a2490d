import type { FieldError } from '../core/errors';
import { type SlicedTask, Stride } from '../core/time-slicing';
import { phoneKey } from './compare-phones';
import { type EntryFields, type ImportEntry, nameOfEntry, type ValidEntry } from './import-entry';
import { MAX_ENTRY_VALUES } from './import-limits';
import { addLines, hasAtMost } from './notes';
import { isRounded, readPhone } from './phone-numbers';
import { contactInputSchema, MAX_CONTACT_NAME_LENGTH, MAX_INFO_LENGTH } from './schema';

export interface EntryFault {
  line: number;
  /** The name of the entry as it stands in the file; may be empty. */
  name: string;
  faults: FieldError[];
}

export interface CheckedEntries {
  valid: ValidEntry[];
  /** Entries that cannot be imported, with all their errors. */
  faulty: EntryFault[];
  /** Line numbers of valid entries that were shortened. */
  shortened: number[];
}

/**
 * Validates the entries of a file. Invalid email addresses, phone numbers and birthdays go to the notes, as all
 * email addresses and phone numbers except the primary ones will, so that nothing is lost. Names and notes that
 * are too long are shortened, and no more than `MAX_ENTRY_VALUES` email addresses and phone numbers are kept.
 */
export function* checkEntries(entries: readonly ImportEntry[]): SlicedTask<CheckedEntries> {
  const checked: CheckedEntries = { valid: [], faulty: [], shortened: [] };
  for (const entry of entries) {
    const { line, fields, faults } = entry;
    const { contact: whole, isExcessive } = yield* sortFields(fields);
    const { contact, isShortened } = shorten(whole);
    const { emails, phones, others, ...rest } = contact;
    const parsed = contactInputSchema.safeParse({ ...rest, info: notesOf(contact) });
    const found = parsed.error?.issues.map(({ path, message }) => ({ path: path.join('.'), message })) ?? [];
    const all = [...faults, ...found];
    if (parsed.success && all.length === 0) {
      const noted = [...others, ...(fields.extras ?? [])];
      checked.valid.push({ ...parsed.data, line, info: contact.info, emails, phones, others: noted });
      if (isShortened || isExcessive) checked.shortened.push(line);
    } else checked.faulty.push({ line, name: nameOfEntry(entry), faults: all });
    yield;
  }
  return checked;
}

const { email: emailField, phone: phoneField, birthday: birthdayField } = contactInputSchema.shape;

interface SortedFields {
  first_name: string;
  last_name: string;
  emails: string[];
  phones: string[];
  birthday: string | null;
  others: string[];
  info: string;
  favorite: boolean | undefined;
}

/** Separates valid from invalid values, at most `MAX_ENTRY_VALUES` of each kind. */
function* sortFields({
  birthday = '',
  info = '',
  favorite,
  ...given
}: EntryFields): SlicedTask<{ contact: SortedFields; isExcessive: boolean }> {
  const emails = yield* parseEach(given.emails, readEmail);
  const withExtension: string[] = [];
  const phones = yield* parseEach(
    given.phones,
    (text) => {
      const { number, hasExtension } = readPhone(text);
      const phone = isRounded(text) ? null : phoneField.safeParse(number).data;
      if (phone && hasExtension) withExtension.push(text.trim());
      return phone;
    },
    phoneKey,
  );
  const isDay = birthdayField.safeParse(birthday).success;
  const contact = {
    first_name: given.first_name.trim() === '' ? nameFromValues(given) : given.first_name,
    last_name: given.last_name ?? '',
    emails: emails.parsed,
    phones: phones.parsed,
    birthday: isDay ? birthday : null,
    others: [
      ...withExtension,
      ...emails.refused,
      ...phones.refused,
      ...(isDay || birthday.trim() === '' ? [] : [`Birthday: ${birthday.trim()}`]),
    ],
    info: info.replace(/\r\n?/g, '\n'),
    favorite,
  };
  return { contact, isExcessive: emails.isExcessive || phones.isExcessive };
}

/** For an entry without a name: what it has instead, without the label of a line for the notes. */
function nameFromValues({
  emails,
  phones,
  extras,
}: Pick<EntryFields, 'emails' | 'phones' | 'extras'>): string {
  const noted = extras?.[0]?.replace(/^[^:]{1,60}: /, '') ?? '';
  const begin = [...noted.slice(0, 2 * MAX_CONTACT_NAME_LENGTH)].slice(0, MAX_CONTACT_NAME_LENGTH).join('');
  return emails[0] ?? phones[0] ?? begin;
}

/** Checked here because the schema's pattern takes quadratic time on long runs of whitespace. */
function readEmail(text: string): string | null | undefined {
  // "Mira <mira@example.org>" and "mailto:mira@example.org" are addresses with their surroundings.
  const trimmed = (/<([^<>\s]{3,254})>\s*$/.exec(text)?.[1] ?? text).trim().replace(/^mailto:/i, '');
  return /\s/.test(trimmed) ? null : emailField.safeParse(trimmed).data;
}

/** What it costs to parse a value, in characters of `Stride`. */
const PARSING = 500;

/** Separates valid values, without duplicates, from refused ones, up to `MAX_ENTRY_VALUES` in total. */
function* parseEach(
  texts: readonly string[],
  parse: (text: string) => string | null | undefined,
  keyOf: (value: string) => string = (value) => value,
): SlicedTask<{ parsed: string[]; refused: string[]; isExcessive: boolean }> {
  const stride = new Stride();
  const parsed = new Map<string, string>();
  const refused = new Set<string>();
  for (const text of texts) {
    if (stride.isOver(PARSING + text.length)) yield;
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

/** The notes with all values that have no field of their own. */
export function notesOf({ info, emails, phones, others }: Omit<ValidEntry, 'first_name' | 'line'>): string {
  return addLines(info ?? '', [...emails.slice(1), ...phones.slice(1), ...others]);
}

/** Shortens name and notes; a name that is cut is kept whole in the notes. */
function shorten(contact: SortedFields): { contact: SortedFields; isShortened: boolean } {
  const first_name = cut(contact.first_name, MAX_CONTACT_NAME_LENGTH);
  const last_name = cut(contact.last_name, MAX_CONTACT_NAME_LENGTH);
  const isCut = first_name !== contact.first_name || last_name !== contact.last_name;
  const whole = isCut ? `${contact.first_name} ${contact.last_name}`.trim() : '';
  const notes = [whole, notesOf(contact)].filter((text) => text !== '').join('\n');
  const named = { ...contact, first_name, last_name };
  if (!isCut && hasAtMost(notes, MAX_INFO_LENGTH)) return { contact: named, isShortened: false };
  const shortened = {
    ...named,
    info: cut(notes, MAX_INFO_LENGTH),
    emails: contact.emails.slice(0, 1),
    phones: contact.phones.slice(0, 1),
    others: [],
  };
  return { contact: shortened, isShortened: true };
}

/** @param max in characters, as the schema counts them */
function cut(text: string, max: number): string {
  const trimmed = text.trim();
  if (hasAtMost(trimmed, max)) return text;
  return `${[...trimmed.slice(0, 2 * max)].slice(0, max - 1).join('')}…`;
}
