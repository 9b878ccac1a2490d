import type { FieldError } from '../errors';
import type { BookEntry, EntryFields } from './book-entry';
import { type ContactInput, contactInputSchema, MAX_CONTACT_NAME_LENGTH, MAX_INFO_LENGTH } from './schema';

export interface EntryFault {
  line: number;
  faults: FieldError[];
}

export interface CheckedEntries {
  inputs: ContactInput[];
  /** Those that cannot be kept, with all that is wrong. */
  faulty: EntryFault[];
}

/**
 * Entries as contacts. A contact has one address and one number: the first of each that is one. The others,
 * and what is no address, number or day at all, go to the notes, so that nothing is lost. Notes and names that
 * are too long are a fault unless they may be shortened.
 */
export function checkEntries(
  entries: readonly BookEntry[],
  { mayShorten = false }: { mayShorten?: boolean } = {},
): CheckedEntries {
  const checked: CheckedEntries = { inputs: [], faulty: [] };
  for (const { line, fields, faults } of entries) {
    const fitted = fitFields(fields);
    const parsed = contactInputSchema.safeParse(mayShorten ? shorten(fitted) : fitted);
    const found = parsed.error?.issues.map(({ path, message }) => ({ path: path.join('.'), message })) ?? [];
    if (parsed.success && faults.length === 0) checked.inputs.push(parsed.data);
    else checked.faulty.push({ line, faults: [...faults, ...found] });
  }
  return checked;
}

type Fitted = ReturnType<typeof fitFields>;

const { email: emailField, phone: phoneField, birthday: birthdayField } = contactInputSchema.shape;

function fitFields({ emails, phones, birthday, info = '', favorite, ...names }: EntryFields) {
  const email = emails.find((text) => emailField.safeParse(text).success) ?? null;
  const phone = phones.find((text) => phoneField.safeParse(text).success) ?? null;
  const day = birthdayField.safeParse(birthday).success ? (birthday ?? null) : null;
  const said = new Set([email, phone, day].flatMap((text) => (text === null ? [] : bare(text))));
  const others = [...emails, ...phones, birthday ?? ''].filter((text) => {
    const isNew = bare(text) !== '' && !said.has(bare(text)) && !info.includes(text.trim());
    said.add(bare(text));
    return isNew;
  });
  return {
    first_name: names.first_name.trim() === '' ? (emails[0] ?? phones[0] ?? '') : names.first_name,
    last_name: names.last_name ?? '',
    email,
    phone,
    birthday: day,
    info: others.length === 0 ? info : [info.trimEnd(), ...others].filter((text) => text !== '').join('\n'),
    favorite,
  };
}

/** The same number is written in many ways. */
function bare(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}@+]/gu, '');
}

/** A name that is cut is whole in the notes. */
function shorten(fitted: Fitted): Fitted {
  const first_name = cut(fitted.first_name, MAX_CONTACT_NAME_LENGTH);
  const last_name = cut(fitted.last_name, MAX_CONTACT_NAME_LENGTH);
  const isCut = first_name !== fitted.first_name || last_name !== fitted.last_name;
  const whole = isCut ? `${fitted.first_name} ${fitted.last_name}`.trim() : '';
  const info = [whole, fitted.info].filter((text) => text !== '').join('\n');
  return { ...fitted, first_name, last_name, info: cut(info, MAX_INFO_LENGTH) };
}

/** `max` in characters, as the schema counts them. */
function cut(text: string, max: number): string {
  const characters = [...text.trim()];
  return characters.length <= max ? text : `${characters.slice(0, max - 1).join('')}…`;
}
