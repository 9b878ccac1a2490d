import type { Candidate } from './book-entry';
import { notesOf } from './check-entries';
import { hasAtMost, Notes } from './notes';
import { comparableWords, compareNames, isNamedBy, phoneKey } from './sameness';
import { MAX_INFO_LENGTH } from './schema';
import type { Steps } from './steps';

/** A contact as the comparison of two books sees it. */
export interface KnownContact {
  /** Null while it is only to be made. */
  id: string | null;
  firstName: string;
  lastName: string;
  email: string | null;
  phone: string | null;
  birthday: string | null;
  info: string;
  favorite: boolean | undefined;
}

export interface MergePlan {
  create: KnownContact[];
  /** As they are to be, now that what was empty is filled. */
  complete: KnownContact[];
  /** How many entries bring nothing new. */
  skipped: number;
  /** For how many contacts the notes had no room for all that belongs there. */
  crowded: number;
}

/** An entry with what is asked of it again and again. */
interface Newcomer {
  entry: Candidate;
  name: string;
  nameKey: string;
  isNameless: boolean;
  phoneKeys: ReadonlySet<string>;
  /** All that would stand in its notes. */
  notes: string;
}

type IsMeant = (contact: KnownContact, newcomer: Newcomer) => boolean;

/** The surest first, each for all entries before the next one. */
const BY_NAME: readonly IsMeant[] = [isIdentical, hasSameBirthday, isPerhapsSame];

/**
 * How entries come into a book so that nobody is doubled and nobody lost. Somebody is known by an address or a
 * number, if the names agree: families and offices share both. Otherwise by the name, unless birthdays,
 * addresses or numbers tell them apart; by name, one contact is found by one entry only, so that two Annas of a
 * file stay two. An address or number that is somebody else's already goes to the notes.
 */
export function* planMerge(book: readonly KnownContact[], entries: readonly Candidate[]): Steps<MergePlan> {
  const index = new BookIndex();
  for (const contact of book) {
    index.know(contact);
    yield;
  }
  const create: KnownContact[] = [];
  let unknown: Newcomer[] = [];
  for (const entry of entries) {
    const newcomer = toNewcomer(entry);
    if (!index.completeReached(newcomer)) unknown.push(newcomer);
    yield;
  }
  for (const isMeant of BY_NAME) {
    const left: Newcomer[] = [];
    for (const newcomer of unknown) {
      if (!index.completeNamesake(newcomer, isMeant)) left.push(newcomer);
      yield;
    }
    unknown = left;
  }
  for (const newcomer of unknown) {
    if (!index.completeReached(newcomer)) create.push(index.add(newcomer));
    yield;
  }
  const complete = book.filter((contact) => index.completed.has(contact));
  const skipped = entries.length - create.length - complete.length;
  return { create, complete, skipped, crowded: index.crowded.size };
}

function toNewcomer(entry: Candidate): Newcomer {
  return {
    entry,
    name: nameOf(toNamed(entry)),
    nameKey: nameKey(toNamed(entry)),
    isNameless: isNamelessEntry(entry),
    phoneKeys: new Set(entry.phones.map(phoneKey)),
    notes: notesOf(entry),
  };
}

/** So that a book of namesakes costs no more than any other. */
const MAX_NAMESAKES = 100;

class BookIndex {
  readonly completed = new Set<KnownContact>();
  readonly crowded = new Set<KnownContact>();
  readonly #byEmail = new Map<string, KnownContact>();
  readonly #byPhone = new Map<string, KnownContact>();
  readonly #byPhoneKey = new Map<string, KnownContact[]>();
  readonly #byName = new Map<string, Set<KnownContact>>();

  /** Adds a person of the book. */
  know(contact: KnownContact): void {
    this.#file(contact);
    const namesakes = this.#byName.get(nameKey(contact));
    if (namesakes) namesakes.add(contact);
    else this.#byName.set(nameKey(contact), new Set([contact]));
  }

  add(newcomer: Newcomer): KnownContact {
    const { entry } = newcomer;
    const contact: KnownContact = {
      id: null,
      firstName: entry.first_name,
      lastName: entry.last_name ?? '',
      email: null,
      phone: null,
      birthday: null,
      info: '',
      favorite: entry.favorite,
    };
    this.#fill(contact, newcomer);
    return contact;
  }

  completeReached(newcomer: Newcomer): boolean {
    const { entry, phoneKeys } = newcomer;
    const byEmail = entry.emails.flatMap((email) => this.#byEmail.get(email) ?? []);
    const byPhone = [...phoneKeys].flatMap((key) => this.#byPhoneKey.get(key) ?? []);
    const found = new Set([...byEmail, ...byPhone]);
    for (const contact of found) {
      if (!isSamePerson(contact, newcomer)) continue;
      this.#complete(contact, newcomer);
      return true;
    }
    return false;
  }

  completeNamesake(newcomer: Newcomer, isMeant: IsMeant): boolean {
    let looked = 0;
    for (const contact of this.#byName.get(newcomer.nameKey) ?? []) {
      if (looked === MAX_NAMESAKES) return false;
      looked += 1;
      if (!isMeant(contact, newcomer)) continue;
      this.#complete(contact, newcomer);
      return true;
    }
    return false;
  }

  /** Also takes it out of those that a name may find. */
  #complete(contact: KnownContact, newcomer: Newcomer): void {
    this.#byName.get(nameKey(contact))?.delete(contact);
    const before = JSON.stringify(contact);
    this.#fill(contact, newcomer);
    if (contact.id !== null && JSON.stringify(contact) !== before) this.completed.add(contact);
  }

  /** Fills what is empty. What then has no place is noted, if it is not yet and there is room. */
  #fill(contact: KnownContact, newcomer: Newcomer): void {
    const { entry } = newcomer;
    if (isFullerName(newcomer, contact)) {
      const isSameFirstName = compareNames(contact.firstName, entry.first_name) === 'same';
      contact.firstName = isSameFirstName ? contact.firstName : entry.first_name;
      contact.lastName = entry.last_name ?? '';
    }
    contact.email ??= entry.emails.find((email) => !this.#byEmail.has(email)) ?? null;
    contact.phone ??= entry.phones.find((phone) => !this.#byPhone.has(phone)) ?? null;
    contact.birthday ??= entry.birthday ?? null;
    if (contact.info === '') contact.info = entry.info ?? '';
    const ownPhone = phoneKey(contact.phone ?? '');
    const others = [
      ...entry.emails.filter((email) => email !== contact.email),
      ...entry.phones.filter((phone) => phoneKey(phone) !== ownPhone),
      ...entry.others,
    ];
    if (others.length > 0) this.#note(contact, others);
    this.#file(contact);
  }

  #note(contact: KnownContact, lines: readonly string[]): void {
    const notes = new Notes(contact.info);
    for (const line of lines) {
      if (notes.says(line)) continue;
      if (hasAtMost(notes.with(line), MAX_INFO_LENGTH)) notes.add(line);
      else this.crowded.add(contact);
    }
    contact.info = notes.text;
  }

  #file(contact: KnownContact): void {
    const { email, phone } = contact;
    if (email !== null && !this.#byEmail.has(email)) this.#byEmail.set(email, contact);
    if (phone === null || this.#byPhone.has(phone)) return;
    this.#byPhone.set(phone, contact);
    const alike = this.#byPhoneKey.get(phoneKey(phone));
    if (alike) alike.push(contact);
    else this.#byPhoneKey.set(phoneKey(phone), [contact]);
  }
}

function toNamed({ first_name, last_name }: Candidate): { firstName: string; lastName: string } {
  return { firstName: first_name, lastName: last_name ?? '' };
}

function nameOf({ firstName, lastName }: { firstName: string; lastName: string }): string {
  return `${firstName} ${lastName}`.trim();
}

function nameKey(named: { firstName: string; lastName: string }): string {
  return comparableWords(nameOf(named)).join(' ');
}

/** Of two that share an address or a number. */
function isSamePerson(contact: KnownContact, { entry, name, isNameless: isUnnamed }: Newcomer): boolean {
  if (contact.birthday !== null && entry.birthday && contact.birthday !== entry.birthday) return false;
  if (isUnnamed || isNameless(contact)) return true;
  if (compareNames(nameOf(contact), name) !== 'different') return true;
  // People change their last names; an address of one's own they keep.
  const isSameFirstName = compareNames(contact.firstName, entry.first_name) === 'same';
  return isSameFirstName && contact.email !== null && entry.emails.includes(contact.email);
}

function isNameless({ firstName, lastName, email, phone }: KnownContact): boolean {
  return lastName === '' && isNamedBy(firstName, [email, phone]);
}

function isNamelessEntry({ first_name, last_name, emails, phones, others }: Candidate): boolean {
  return (last_name ?? '') === '' && isNamedBy(first_name, [...emails, ...phones, ...others]);
}

/** Whether an entry knows more of the name than a contact, and nothing else. */
function isFullerName({ name, isNameless: isUnnamed }: Newcomer, contact: KnownContact): boolean {
  if (isUnnamed) return false;
  if (isNameless(contact)) return true;
  const known = nameOf(contact);
  return compareNames(known, name) === 'close' && name.length > known.length;
}

function isIdentical(contact: KnownContact, { entry, notes }: Newcomer): boolean {
  return (
    contact.birthday === (entry.birthday ?? null) &&
    contact.email === (entry.emails[0] ?? null) &&
    contact.phone === (entry.phones[0] ?? null) &&
    contact.info === notes
  );
}

function hasSameBirthday(contact: KnownContact, { entry }: Newcomer): boolean {
  return contact.birthday !== null && contact.birthday === entry.birthday;
}

function isPerhapsSame(contact: KnownContact, { entry, phoneKeys }: Newcomer): boolean {
  if (contact.birthday !== null && entry.birthday) return false;
  const { email, phone } = contact;
  const isOtherEmail = email !== null && entry.emails.length > 0 && !entry.emails.includes(email);
  const isOtherPhone = phone !== null && phoneKeys.size > 0 && !phoneKeys.has(phoneKey(phone));
  return !isOtherEmail && !isOtherPhone;
}
