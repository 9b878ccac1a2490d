import type { SlicedTask } from '../core/time-slicing';
import { notesOf } from './check-entries';
import { phoneKey } from './compare-phones';
import { ContactIndex } from './contact-index';
import type { FirstRemarks } from './first-remarks';
import type { ValidEntry } from './import-entry';
import {
  type IncomingEntry,
  isUnnamedEntry,
  type KnownContact,
  NAMESAKE_RULES,
  nameKey,
  nameOf,
} from './match-contacts';

export interface MergePlan {
  create: KnownContact[];
  /** Existing contacts with their empty fields filled. */
  complete: KnownContact[];
  /** How many entries add nothing new. */
  skipped: number;
  remarks: Pick<FirstRemarks, 'total' | 'items'>;
}

/**
 * Plans an import without duplicates and without losses. An entry belongs to the contact that has one of its
 * email addresses or phone numbers, if their names are the same: families and offices share both. Otherwise it
 * belongs to the contact of its name, unless birthday, email address or phone number differ, or to an existing
 * contact with its email address and a shorter or longer form of its name; each contact is matched so once, so
 * that two entries of one name stay two contacts. An email address or a phone number
 * that another contact has goes to the notes.
 */
export function* planMerge(
  existing: readonly KnownContact[],
  entries: readonly ValidEntry[],
): SlicedTask<MergePlan> {
  const index = new ContactIndex();
  for (const contact of existing) {
    index.addExisting(contact);
    yield;
  }
  let unmatched: IncomingEntry[] = [];
  for (const entry of entries) {
    const incoming = toIncoming(entry);
    if (!index.mergeByValue(incoming)) unmatched.push(incoming);
    yield;
  }
  // Each rule is tried for all entries before the next, less certain one.
  for (const rule of NAMESAKE_RULES) {
    const left: IncomingEntry[] = [];
    for (const incoming of unmatched) {
      if (!index.mergeByName(incoming, rule)) left.push(incoming);
      yield;
    }
    unmatched = left;
  }
  const create: KnownContact[] = [];
  for (const incoming of unmatched) {
    const isMerged = index.mergeByValue(incoming) || index.mergeByEmail(incoming);
    if (!isMerged) create.push(index.create(incoming));
    yield;
  }
  const complete = existing.filter((contact) => index.completed.has(contact));
  const skipped = entries.length - create.length - complete.length;
  const { total, items } = index.remarks;
  return { create, complete, skipped, remarks: { total, items } };
}

function toIncoming(entry: ValidEntry): IncomingEntry {
  const name = nameOf({ firstName: entry.first_name, lastName: entry.last_name ?? '' });
  return {
    entry,
    name,
    nameKey: nameKey(name),
    isUnnamed: isUnnamedEntry(entry),
    phoneKeys: new Set(entry.phones.map(phoneKey)),
    notes: notesOf(entry),
  };
}
