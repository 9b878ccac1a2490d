import type { ContactInput } from './schema';

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
}

/**
 * How entries come into a book so that nobody is doubled. Somebody is known by address or number, else by
 * name and birthday. Where no birthday tells, two of one name are the same unless their addresses or numbers
 * differ. By name, one contact is found by one entry only: two Annas of a file stay two.
 */
export function planMerge(book: readonly KnownContact[], entries: readonly ContactInput[]): MergePlan {
  const index = new BookIndex(book);
  const given = entries.map(toKnown);
  const create: KnownContact[] = [];
  const unknown = given
    .filter((entry) => !index.completeReached(entry))
    .filter((entry) => !index.claimIdentical(entry))
    .filter((entry) => !index.claimNamesake(entry));
  for (const entry of unknown) {
    if (index.completeReached(entry)) continue;
    index.add(entry);
    create.push(entry);
  }
  const complete = book.filter((contact) => index.completed.has(contact));
  return { create, complete, skipped: entries.length - create.length - complete.length };
}

function toKnown(entry: ContactInput): KnownContact {
  return {
    id: null,
    firstName: entry.first_name,
    lastName: entry.last_name ?? '',
    email: entry.email ?? null,
    phone: entry.phone ?? null,
    birthday: entry.birthday ?? null,
    info: entry.info ?? '',
    favorite: entry.favorite,
  };
}

/** So that a book of namesakes costs no more than any other. */
const MAX_NAMESAKES = 100;

class BookIndex {
  readonly completed = new Set<KnownContact>();
  readonly #byEmail = new Map<string, KnownContact>();
  readonly #byPhone = new Map<string, KnownContact>();
  readonly #byName = new Map<string, Set<KnownContact>>();

  constructor(book: readonly KnownContact[]) {
    for (const contact of book) {
      this.add(contact);
      const namesakes = this.#byName.get(keyOf(contact));
      if (namesakes) namesakes.add(contact);
      else this.#byName.set(keyOf(contact), new Set([contact]));
    }
  }

  add(contact: KnownContact): void {
    if (contact.email !== null) this.#byEmail.set(contact.email, contact);
    if (contact.phone !== null) this.#byPhone.set(contact.phone, contact);
  }

  completeReached(entry: KnownContact): boolean {
    const found = this.#byEmail.get(entry.email ?? '') ?? this.#byPhone.get(entry.phone ?? '');
    if (!found) return false;
    this.#complete(found, entry);
    return true;
  }

  claimIdentical(entry: KnownContact): boolean {
    return this.#claim(entry, (contact) => isSameText(contact.info, entry.info) && !differ(contact, entry));
  }

  claimNamesake(entry: KnownContact): boolean {
    return this.#claim(entry, (contact) => entry.birthday !== null || !contradict(contact, entry));
  }

  #claim(entry: KnownContact, isMeant: (contact: KnownContact) => boolean): boolean {
    const namesakes = this.#byName.get(keyOf(entry));
    let looked = 0;
    for (const contact of namesakes ?? []) {
      if (looked === MAX_NAMESAKES) return false;
      looked += 1;
      if (!isMeant(contact)) continue;
      this.#complete(contact, entry);
      return true;
    }
    return false;
  }

  /** Also takes it out of those that a name may find. Fills what is empty; an address or number that is somebody else's stays theirs. */
  #complete(contact: KnownContact, entry: KnownContact): void {
    this.#byName.get(keyOf(contact))?.delete(contact);
    const before = JSON.stringify(contact);
    const isSameFirstName = contact.firstName.toLowerCase() === entry.firstName.toLowerCase();
    if (contact.lastName === '' && isSameFirstName) contact.lastName = entry.lastName;
    if (entry.email !== null && !this.#byEmail.has(entry.email)) contact.email ??= entry.email;
    if (entry.phone !== null && !this.#byPhone.has(entry.phone)) contact.phone ??= entry.phone;
    contact.birthday ??= entry.birthday;
    if (contact.info === '') contact.info = entry.info;
    this.add(contact);
    if (contact.id !== null && JSON.stringify(contact) !== before) this.completed.add(contact);
  }
}

function keyOf({ firstName, lastName, birthday }: KnownContact): string {
  return JSON.stringify([`${firstName} ${lastName}`.trim().toLowerCase(), birthday]);
}

function differ(a: KnownContact, b: KnownContact): boolean {
  return a.email !== b.email || a.phone !== b.phone;
}

function contradict(a: KnownContact, b: KnownContact): boolean {
  return isOther(a.email, b.email) || isOther(a.phone, b.phone);
}

function isOther(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && one !== other;
}

function isSameText(a: string, b: string): boolean {
  return a.replaceAll('\r\n', '\n') === b.replaceAll('\r\n', '\n');
}
