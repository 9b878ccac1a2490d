import type { Candidate } from './book-entry';
import { addLine, notesOf } from './check-entries';
import { comparableWords, compareNames, isNamedBy, phoneKey } from './sameness';
import { MAX_INFO_LENGTH } from './schema';

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

type IsMeant = (contact: KnownContact, entry: Candidate) => boolean;

/** The surest first, each for all entries before the next one. */
const BY_NAME: readonly IsMeant[] = [isIdentical, hasSameBirthday, isPerhapsSame];

/**
 * How entries come into a book so that nobody is doubled and nobody lost. Somebody is known by an address or a
 * number, if the names agree: families and offices share both. Otherwise by the name, unless birthdays,
 * addresses or numbers tell them apart; by name, one contact is found by one entry only, so that two Annas of a
 * file stay two. An address or number that is somebody else's already goes to the notes.
 */
export function planMerge(book: readonly KnownContact[], entries: readonly Candidate[]): MergePlan {
  const index = new BookIndex(book);
  const create: KnownContact[] = [];
  let unknown = entries.filter((entry) => !index.completeReached(entry));
  for (const isMeant of BY_NAME) {
    unknown = unknown.filter((entry) => !index.completeNamesake(entry, isMeant));
  }
  for (const entry of unknown) {
    if (!index.completeReached(entry)) create.push(index.add(entry));
  }
  const complete = book.filter((contact) => index.completed.has(contact));
  const skipped = entries.length - create.length - complete.length;
  return { create, complete, skipped, crowded: index.crowded.size };
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

  constructor(book: readonly KnownContact[]) {
    for (const contact of book) {
      this.#file(contact);
      const namesakes = this.#byName.get(nameKey(contact));
      if (namesakes) namesakes.add(contact);
      else this.#byName.set(nameKey(contact), new Set([contact]));
    }
  }

  add(entry: Candidate): KnownContact {
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
    this.#fill(contact, entry);
    return contact;
  }

  completeReached(entry: Candidate): boolean {
    const byEmail = entry.emails.flatMap((email) => this.#byEmail.get(email) ?? []);
    const byPhone = entry.phones.flatMap((phone) => this.#byPhoneKey.get(phoneKey(phone)) ?? []);
    const found = [...byEmail, ...byPhone].find((contact) => isSamePerson(contact, entry));
    if (found) this.#complete(found, entry);
    return found !== undefined;
  }

  completeNamesake(entry: Candidate, isMeant: IsMeant): boolean {
    let looked = 0;
    for (const contact of this.#byName.get(nameKey(toNamed(entry))) ?? []) {
      if (looked === MAX_NAMESAKES) return false;
      looked += 1;
      if (!isMeant(contact, entry)) continue;
      this.#complete(contact, entry);
      return true;
    }
    return false;
  }

  /** Also takes it out of those that a name may find. */
  #complete(contact: KnownContact, entry: Candidate): void {
    this.#byName.get(nameKey(contact))?.delete(contact);
    const before = JSON.stringify(contact);
    this.#fill(contact, entry);
    if (contact.id !== null && JSON.stringify(contact) !== before) this.completed.add(contact);
  }

  /** Fills what is empty. What then has no place is noted, if it is not yet and there is room. */
  #fill(contact: KnownContact, entry: Candidate): void {
    if (isFullerName(entry, contact)) {
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
    for (const other of others) {
      const notes = addLine(contact.info, other);
      if ([...notes].length <= MAX_INFO_LENGTH) contact.info = notes;
      else this.crowded.add(contact);
    }
    this.#file(contact);
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
function isSamePerson(contact: KnownContact, entry: Candidate): boolean {
  if (contact.birthday !== null && entry.birthday && contact.birthday !== entry.birthday) return false;
  if (isNameless(contact) || isNamelessEntry(entry)) return true;
  if (compareNames(nameOf(contact), nameOf(toNamed(entry))) !== 'different') return true;
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
function isFullerName(entry: Candidate, contact: KnownContact): boolean {
  if (isNamelessEntry(entry)) return false;
  if (isNameless(contact)) return true;
  const [known, given] = [nameOf(contact), nameOf(toNamed(entry))];
  return compareNames(known, given) === 'close' && given.length > known.length;
}

function isIdentical(contact: KnownContact, entry: Candidate): boolean {
  return (
    contact.birthday === (entry.birthday ?? null) &&
    contact.info === notesOf(entry) &&
    contact.email === (entry.emails[0] ?? null) &&
    contact.phone === (entry.phones[0] ?? null)
  );
}

function hasSameBirthday(contact: KnownContact, entry: Candidate): boolean {
  return contact.birthday !== null && contact.birthday === entry.birthday;
}

function isPerhapsSame(contact: KnownContact, entry: Candidate): boolean {
  if (contact.birthday !== null && entry.birthday) return false;
  const { email, phone } = contact;
  const isOtherEmail = email !== null && entry.emails.length > 0 && !entry.emails.includes(email);
  const phoneKeys = entry.phones.map(phoneKey);
  const isOtherPhone = phone !== null && phoneKeys.length > 0 && !phoneKeys.includes(phoneKey(phone));
  return !isOtherEmail && !isOtherPhone;
}
