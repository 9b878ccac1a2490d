import { expect, it } from 'vitest';
import { retryOutages } from '@/test/retry-outages';
import { useTestDatabase } from '@/test/test-env';
import { addUser } from '@/test/test-people';
import { AppError } from '../core/errors';
import { prisma } from '../core/prisma';
import { runToEnd } from '../core/time-slicing';
import { checkEntries } from './check-entries';
import { CSV_HEADER } from './csv';
import { EXPORT_FORMATS, type ExportFormat, streamExport } from './export';
import { importContacts } from './import';
import type { ValidEntry } from './import-entry';
import { MAX_IMPORT_BYTES, MAX_IMPORT_ENTRIES } from './import-limits';
import { CONTACT_SELECT, listContacts } from './queries';
import { readImportFile } from './read-import-file';
import { type ContactInput, listContactsSchema } from './schema';
import { createContact, updateContact } from './service';

useTestDatabase();

const FORMATS = Object.keys(EXPORT_FORMATS) as ExportFormat[];
const bytesOf = (text: string) => new TextEncoder().encode(text);

async function exportAll(ownerId: string, format: ExportFormat): Promise<Uint8Array> {
  return new Uint8Array(await new Response(await streamExport(ownerId, format)).arrayBuffer());
}

const toEntry = ({ email, phone, ...rest }: ContactInput): ValidEntry => ({
  ...rest,
  line: 1,
  emails: email ? [email] : [],
  phones: phone ? [phone] : [],
  others: [],
});

function entriesOf(bytes: Uint8Array): ValidEntry[] {
  const file = runToEnd(readImportFile(bytes));
  if ('refusal' in file) throw new Error(file.refusal);
  const { valid, faulty } = runToEnd(checkEntries(file.entries));
  expect(faulty).toEqual([]);
  return valid;
}

/** All contacts of a user without ids and times, sorted. */
async function contentsOf(ownerId: string): Promise<string[]> {
  const { id: _id, createdAt: _created, updatedAt: _changed, ...select } = CONTACT_SELECT;
  const rows = await prisma().contact.findMany({
    where: { ownerId },
    select: { ...select, haystack: true, sortName: true, birthdayDay: true },
  });
  return rows.map((row) => JSON.stringify(row)).sort();
}

async function addOwner(): Promise<string> {
  return (await addUser()).id;
}

it.each(FORMATS)('an export as %s is imported unchanged, and without duplicates', async (format) => {
  const owner = await addOwner();
  const contacts: ContactInput[] = [
    { first_name: 'Ada', last_name: 'Lovelace', email: 'ada@example.com', phone: '+442079460958' },
    { first_name: '=1+1', last_name: "'@x", info: '-1;\\n,"\n\n=2\t', birthday: '1992-02-29' },
    { first_name: 'Ёжик', last_name: 'в тумане', info: 'ё𝔘'.repeat(250), favorite: true },
    { first_name: 'My dentist' },
    { first_name: 'Anna' },
    { first_name: 'Anna' },
    { first_name: 'Anna', birthday: '1990-01-01', phone: '1234567890' },
    { first_name: 'Anna', birthday: '1990-01-01', info: 'another' },
  ];
  for (const contact of contacts) {
    const { id, favorite } = await createContact(owner, contact);
    if (favorite && contact.first_name === 'My dentist') await updateContact(owner, id, { favorite: false });
  }
  const before = await contentsOf(owner);
  const file = await exportAll(owner, format);

  expect(await importContacts(owner, entriesOf(file))).toEqual({
    created: 0,
    completed: 0,
    skipped: 8,
    remarks: { total: 0, items: [] },
  });
  await prisma().contact.deleteMany({ where: { ownerId: owner } });
  expect(await importContacts(owner, entriesOf(file))).toEqual({
    created: 8,
    completed: 0,
    skipped: 0,
    remarks: { total: 0, items: [] },
  });
  expect(await contentsOf(owner)).toEqual(before);
  expect(await importContacts(owner, entriesOf(file))).toEqual({
    created: 0,
    completed: 0,
    skipped: 8,
    remarks: { total: 0, items: [] },
  });
  expect(await contentsOf(owner)).toEqual(before);
});

it('ten thousand contacts are imported, exported and imported again', async () => {
  const owner = await addOwner();
  const rows = Array.from(
    { length: MAX_IMPORT_ENTRIES },
    (_, n) => `Name ${n},Last,n${n}@example.com,+4412345${10_000 + n}`,
  );
  const file = bytesOf(`First name,Last name,Email,Phone\n${rows.join('\n')}`);
  expect(await importContacts(owner, entriesOf(file))).toMatchObject({ created: MAX_IMPORT_ENTRIES });
  const exported = await exportAll(owner, 'vcf');
  expect(exported.length).toBeLessThan(MAX_IMPORT_BYTES);
  const born = entriesOf(exported).map((entry) => ({ ...entry, birthday: '1990-05-06', phones: [] }));
  expect(await importContacts(owner, born)).toEqual({
    created: 0,
    completed: MAX_IMPORT_ENTRIES,
    skipped: 0,
    remarks: { total: 0, items: [] },
  });
  const page = await listContacts(owner, listContactsSchema.parse({ search: 'n9999@', limit: '2' }));
  expect(page.items).toMatchObject([
    { firstName: 'Name 9999', phone: '+441234519999', birthday: new Date('1990-05-06T00:00:00Z') },
  ]);
});

it('completes only contacts of the owner, and updates what they are searched and sorted by', async () => {
  const [owner, stranger] = [await addOwner(), await addOwner()];
  await createContact(stranger, { first_name: 'Ada', email: 'ada@example.com' });
  await createContact(owner, { first_name: 'Ada', email: 'ada@example.com' });
  const input = {
    first_name: 'Ada',
    last_name: 'Lovelace',
    email: 'ada@example.com',
    birthday: '1992-02-29',
  };
  expect(await importContacts(owner, [toEntry(input)])).toEqual({
    created: 0,
    completed: 1,
    skipped: 0,
    remarks: { total: 0, items: [] },
  });
  const { items } = await listContacts(owner, listContactsSchema.parse({ search: 'lovelace' }));
  expect(items).toMatchObject([{ lastName: 'Lovelace', birthday: new Date('1992-02-29T00:00:00Z') }]);
  expect(await contentsOf(owner)).toEqual([expect.stringContaining('"birthdayDay":229')]);
  expect(await contentsOf(stranger)).toEqual([expect.stringContaining('"lastName":""')]);
});

it('of two imports at the same time, one is refused, and neither is partial', async () => {
  const owner = await addOwner();
  const inputs = Array.from({ length: 1_200 }, (_, n) => toEntry({ first_name: `Name ${n}` }));
  const run = () => retryOutages(() => importContacts(owner, inputs));
  const outcomes = await Promise.allSettled([run(), run()]);
  const refused = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  expect(refused.every((error) => error instanceof AppError && error.code === 'conflict')).toBe(true);
  expect(refused.length).toBeLessThan(2);
  expect(await prisma().contact.count({ where: { ownerId: owner } })).toBe(1_200);
});

it('handles or reports contacts created during the import, and does not overwrite changes', async () => {
  const owner = await addOwner();
  const names = Array.from({ length: 1_500 }, (_, n) => ({ first_name: `Name ${n}` }));
  await importContacts(owner, names.map(toEntry));
  const { items } = await listContacts(owner, listContactsSchema.parse({ search: 'Name 1499' }));
  const [last] = items;
  if (!last) throw new Error('No contact was imported.');
  const born = names.map((name) => toEntry({ ...name, birthday: '1990-05-06' }));
  const reached = born.map((entry, n) => ({ ...entry, emails: [`n${n}@example.com`] }));
  const [outcome] = await Promise.allSettled([
    importContacts(owner, reached),
    updateContact(owner, last.id, { info: 'changed during the import' }),
    createContact(owner, { first_name: 'Other', email: 'n1499@example.com' }).catch(() => undefined),
  ]);
  if (outcome.status === 'rejected') {
    expect(outcome.reason).toMatchObject({ code: 'conflict' });
    await importContacts(owner, reached);
  }
  const after = await prisma().contact.findUniqueOrThrow({ where: { id: last.id } });
  expect(after.info).toMatch(/^changed during the import/);
  expect(after.birthday).toEqual(new Date('1990-05-06T00:00:00Z'));
});

it('imports all entries or none', async () => {
  const owner = await addOwner();
  const inputs = Array.from({ length: 600 }, (_, n) => toEntry({ first_name: `Name ${n}` }));
  const broken = [...inputs, toEntry({ first_name: 'nul \0 character' })];
  await expect(importContacts(owner, broken)).rejects.toThrow();
  expect(await prisma().contact.count({ where: { ownerId: owner } })).toBe(0);
});

it.each<[string, Uint8Array, string]>([
  ['nothing', new Uint8Array(), 'missing'],
  ['too many bytes', new Uint8Array(MAX_IMPORT_BYTES + 1).fill(97), 'tooLarge'],
  ['one row too many', bytesOf(`First name\n${'a\n'.repeat(MAX_IMPORT_ENTRIES + 1)}`), 'tooMany'],
  ['one card too many', bytesOf('BEGIN:VCARD\nFN:a\nEND:VCARD\n'.repeat(MAX_IMPORT_ENTRIES + 1)), 'tooMany'],
  ['binary data', bytesOf('First name\n\0'), 'encoding'],
  ['no table', bytesOf('{"a": 1}'), 'unknown'],
  ['a table without rows', bytesOf(CSV_HEADER), 'empty'],
])('refuses %s', (_name, bytes, refusal) => {
  expect(runToEnd(readImportFile(bytes))).toEqual({ refusal });
});

it.each([
  ['utf-16le', Buffer.from('\uFEFFFirst name\nЁж\n', 'utf16le')],
  ['utf-16be', Buffer.from('\uFEFFFirst name\nЁж\n', 'utf16le').swap16()],
  ['utf-8', Buffer.from('\uFEFFFirst name\nЁж\n')],
])('reads %s with a BOM', (_name, bytes) => {
  expect(entriesOf(bytes)).toMatchObject([{ first_name: 'Ёж' }]);
});
