import { compareNames } from './compare-names';
import { PHONE_NUMBER, phoneKey } from './compare-phones';
import { FirstRemarks } from './first-remarks';
import type { ImportRemark } from './import-entry';
import {
  hasFullerName,
  type IncomingEntry,
  isSameContact,
  isUnnamedContact,
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
  readonly remarks = new FirstRemarks();
  readonly #matched = new Set<KnownContact>();
  /** The contacts that have a value in its field, which is unique. */
  readonly #byEmail = new Map<string, KnownContact>();
  readonly #byPhone = new Map<string, KnownContact>();
  readonly #byPhoneKey = new Map<string, KnownContact[]>();
  /** By name together with an email address or phone number, in its field or in the notes. */
  readonly #byNameAndValue = new Map<string, Set<KnownContact>>();
  /** Only existing contacts that no entry was merged into yet. */
  readonly #byName = new Map<string, Set<KnownContact>>();

  addExisting(contact: KnownContact): void {
    this.#indexValues(contact);
    add(this.#byName, nameKey(nameOf(contact)), contact);
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

  /**
   * Merges an entry into a contact that shares an email address or a phone number and has the same name, or of
   * which one has no name; false if there is none.
   */
  mergeByValue(incoming: IncomingEntry): boolean {
    for (const contact of firstOf(this.#sharingValue(incoming))) {
      if (!isSameContact(contact, incoming)) continue;
      this.#merge(contact, incoming);
      return true;
    }
    return false;
  }

  #sharingValue(incoming: IncomingEntry): Set<KnownContact> {
    const { entry, phoneKeys } = incoming;
    const values = [...entry.emails, ...phoneKeys];
    const namesakes = values.flatMap((value) => [
      ...firstOf(this.#byNameAndValue.get(keyOf(incoming.nameKey, value))),
    ]);
    const owners = [
      ...entry.emails.flatMap((email) => this.#byEmail.get(email) ?? []),
      ...[...phoneKeys].flatMap((key) => this.#byPhoneKey.get(key) ?? []),
    ].filter((owner) => incoming.isUnnamed || isUnnamedContact(owner));
    return new Set([...namesakes, ...owners]);
  }

  /**
   * Merges an entry into an existing contact that has one of its email addresses and a name close to its own,
   * unless another entry of the file is that contact; false if there is none.
   */
  mergeByEmail(incoming: IncomingEntry): boolean {
    for (const email of incoming.entry.emails) {
      const owner = this.#byEmail.get(email);
      if (!owner || owner.id === null || this.#matched.has(owner)) continue;
      if (compareNames(nameOf(owner), incoming.name) === 'different' || !isSameContact(owner, incoming))
        continue;
      this.#merge(owner, incoming);
      return true;
    }
    return false;
  }

  /** Merges an entry into the first existing contact of its name that the rule accepts; false if there is none. */
  mergeByName(incoming: IncomingEntry, isMatch: MatchRule): boolean {
    for (const contact of firstOf(this.#byName.get(incoming.nameKey))) {
      if (!isMatch(contact, incoming)) continue;
      this.#merge(contact, incoming);
      return true;
    }
    return false;
  }

  #merge(contact: KnownContact, incoming: IncomingEntry): void {
    this.#byName.get(nameKey(nameOf(contact)))?.delete(contact);
    this.#matched.add(contact);
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
    const info = entry.info ?? '';
    const isNoted = contact.info === '' || contact.info.includes(info.trim());
    if (contact.info === '') contact.info = info;
    const ownPhone = phoneKey(contact.phone ?? '');
    const others = [
      ...(isNoted ? [] : info.split('\n')),
      ...entry.emails.filter((email) => email !== contact.email),
      ...entry.phones.filter((phone) => phoneKey(phone) !== ownPhone),
      ...entry.others,
    ];
    if (others.length > 0) this.#addNotes(contact, incoming, others);
    this.#indexValues(contact);
  }

  #addNotes(contact: KnownContact, incoming: IncomingEntry, lines: readonly string[]): void {
    const { line, emails, phones } = incoming.entry;
    const remark = (reason: ImportRemark['reason'], value: string) =>
      this.remarks.add({ line, name: incoming.name, reason, value });
    const notes = new Notes(contact.info);
    for (const text of lines) {
      if (notes.has(text)) continue;
      if (!hasAtMost(notes.with(text), MAX_INFO_LENGTH)) {
        remark('notes_full', text);
        continue;
      }
      notes.add(text);
      if (emails.includes(text) && isOther(this.#byEmail.get(text), contact)) remark('email_taken', text);
      if (phones.includes(text) && isOther(this.#byPhone.get(text), contact)) remark('phone_taken', text);
    }
    contact.info = notes.text;
  }

  #indexValues(contact: KnownContact): void {
    const { email, phone, info } = contact;
    const name = nameKey(nameOf(contact));
    if (email !== null) {
      if (!this.#byEmail.has(email)) this.#byEmail.set(email, contact);
      add(this.#byNameAndValue, keyOf(name, email), contact);
    }
    if (phone !== null) {
      add(this.#byNameAndValue, keyOf(name, phoneKey(phone)), contact);
      if (!this.#byPhone.has(phone)) {
        this.#byPhone.set(phone, contact);
        this.#byPhoneKey.set(phoneKey(phone), [...(this.#byPhoneKey.get(phoneKey(phone)) ?? []), contact]);
      }
    }
    for (const line of info.split('\n')) {
      const isPhone = PHONE_NUMBER.test(line);
      if (isPhone || line.includes('@')) {
        add(this.#byNameAndValue, keyOf(name, isPhone ? phoneKey(line) : line.toLowerCase()), contact);
      }
    }
  }
}

function keyOf(name: string, value: string): string {
  return `${name}\n${value}`;
}

function add(index: Map<string, Set<KnownContact>>, key: string, contact: KnownContact): void {
  const alike = index.get(key);
  if (alike) alike.add(contact);
  else index.set(key, new Set([contact]));
}

function* firstOf(contacts: Iterable<KnownContact> = []): Generator<KnownContact> {
  let count = 0;
  for (const contact of contacts) {
    if (count === MAX_NAMESAKES) return;
    count += 1;
    yield contact;
  }
}

function isOther(owner: KnownContact | undefined, contact: KnownContact): boolean {
  return owner !== undefined && owner !== contact;
}
