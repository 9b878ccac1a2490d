import { compareNames } from './compare-names';
import { phoneKey } from './compare-phones';
import {
  hasFullerName,
  type IncomingEntry,
  isSameContact,
  type KnownContact,
  type MatchRule,
  nameKey,
  nameOf,
} from './match-contacts';
import { hasAtMost, Notes } from './notes';
import { MAX_INFO_LENGTH } from './schema';

/** Bounds the cost of an import in which all contacts have the same name. */
const MAX_NAMESAKES = 100;

/** Contacts by email address, phone number and name, which entries are merged into. */
export class ContactIndex {
  /** Existing contacts that an entry added something to. */
  readonly completed = new Set<KnownContact>();
  /** Contacts whose notes had no room for all values. */
  readonly crowded = new Set<KnownContact>();
  readonly #byEmail = new Map<string, KnownContact>();
  readonly #byPhone = new Map<string, KnownContact>();
  readonly #byPhoneKey = new Map<string, KnownContact[]>();
  /** Only existing contacts that no entry was merged into yet. */
  readonly #byName = new Map<string, Set<KnownContact>>();

  addExisting(contact: KnownContact): void {
    this.#indexValues(contact);
    const key = nameKey(nameOf(contact));
    const namesakes = this.#byName.get(key);
    if (namesakes) namesakes.add(contact);
    else this.#byName.set(key, new Set([contact]));
  }

  /** A new contact from an entry; a value that another contact has goes to its notes. */
  create(incoming: IncomingEntry): KnownContact {
    const { entry } = incoming;
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
    this.#fill(contact, incoming);
    return contact;
  }

  /** Merges an entry into the contact that shares an email address or a phone number; false if there is none. */
  mergeByValue(incoming: IncomingEntry): boolean {
    const { entry, phoneKeys } = incoming;
    const byEmail = entry.emails.flatMap((email) => this.#byEmail.get(email) ?? []);
    const byPhone = [...phoneKeys].flatMap((key) => this.#byPhoneKey.get(key) ?? []);
    for (const contact of new Set([...byEmail, ...byPhone])) {
      if (!isSameContact(contact, incoming)) continue;
      this.#merge(contact, incoming);
      return true;
    }
    return false;
  }

  /** Merges an entry into the first existing contact of its name that the rule accepts; false if there is none. */
  mergeByName(incoming: IncomingEntry, isMatch: MatchRule): boolean {
    let checked = 0;
    for (const contact of this.#byName.get(incoming.nameKey) ?? []) {
      if (checked === MAX_NAMESAKES) return false;
      checked += 1;
      if (!isMatch(contact, incoming)) continue;
      this.#merge(contact, incoming);
      return true;
    }
    return false;
  }

  #merge(contact: KnownContact, incoming: IncomingEntry): void {
    this.#byName.get(nameKey(nameOf(contact)))?.delete(contact);
    const before = JSON.stringify(contact);
    this.#fill(contact, incoming);
    if (contact.id !== null && JSON.stringify(contact) !== before) this.completed.add(contact);
  }

  /** Fills empty fields. Values without a field go to the notes, unless they are there or there is no room. */
  #fill(contact: KnownContact, incoming: IncomingEntry): void {
    const { entry } = incoming;
    if (hasFullerName(incoming, contact)) {
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
    if (others.length > 0) this.#addNotes(contact, others);
    this.#indexValues(contact);
  }

  #addNotes(contact: KnownContact, lines: readonly string[]): void {
    const notes = new Notes(contact.info);
    for (const line of lines) {
      if (notes.has(line)) continue;
      if (hasAtMost(notes.with(line), MAX_INFO_LENGTH)) notes.add(line);
      else this.crowded.add(contact);
    }
    contact.info = notes.text;
  }

  #indexValues(contact: KnownContact): void {
    const { email, phone } = contact;
    if (email !== null && !this.#byEmail.has(email)) this.#byEmail.set(email, contact);
    if (phone === null || this.#byPhone.has(phone)) return;
    this.#byPhone.set(phone, contact);
    const alike = this.#byPhoneKey.get(phoneKey(phone));
    if (alike) alike.push(contact);
    else this.#byPhoneKey.set(phoneKey(phone), [contact]);
  }
}
