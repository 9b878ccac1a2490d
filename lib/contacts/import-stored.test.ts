import { expect, it } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { addUser } from '@/test/test-people';
import { prisma } from '../core/prisma';
import { importStored } from './import-stored';
import { deleteImport, getImportOrThrow, storeImport } from './stored-imports';

useTestDatabase();

const AS_DETECTED = { targets: new Map() };
const addOwner = async () => (await addUser()).id;
const upload = (ownerId: string, text: string, name = 'contacts.csv') =>
  storeImport(ownerId, { name, bytes: Buffer.from(text) });
const namesOf = async (ownerId: string) => {
  const rows = await prisma().contact.findMany({ where: { ownerId }, orderBy: { sortName: 'asc' } });
  return rows.map(({ firstName }) => firstName);
};

it('an uploaded file is kept for its owner, until it is cancelled', async () => {
  const owner = await addOwner();
  const id = await upload(owner, 'First name\nAda\n', `a\0b\ud800${'c'.repeat(999)}`);
  const { name, bytes, report } = await getImportOrThrow(owner, id);
  expect(name).toBe(`ab\ufffd${'c'.repeat(252)}`);
  expect(Buffer.from(bytes ?? []).toString()).toBe('First name\nAda\n');
  expect(report).toBeNull();
  const other = await addOwner();
  await expect(getImportOrThrow(other, id)).rejects.toMatchObject({ code: 'not_found' });
  await expect(importStored(other, id, AS_DETECTED)).rejects.toMatchObject({ code: 'not_found' });
  await deleteImport(other, id);
  await getImportOrThrow(owner, id);
  await deleteImport(owner, id);
  await expect(getImportOrThrow(owner, id)).rejects.toMatchObject({ code: 'not_found' });
});

it('is gone after a day, and with the account', async () => {
  const owner = await addOwner();
  const id = await upload(owner, 'First name\nAda\n');
  const { createdAt, expiresAt } = await prisma().contactImport.findUniqueOrThrow({ where: { id } });
  expect(expiresAt.getTime() - createdAt.getTime()).toBe(86_400_000);
  await prisma().contactImport.update({ where: { id }, data: { expiresAt: new Date() } });
  await expect(getImportOrThrow(owner, id)).rejects.toMatchObject({ code: 'not_found' });
  await prisma().user.delete({ where: { id: owner } });
  expect(await prisma().contactImport.count({ where: { id } })).toBe(0);
});

it('the newest three files and all reports are kept', async () => {
  const owner = await addOwner();
  const imported = await upload(owner, 'First name\nAda\n');
  await importStored(owner, imported, AS_DETECTED);
  const ids: string[] = [];
  for (let n = 0; n < 5; n += 1) ids.push(await upload(owner, `First name\nN${n}\n`));
  const kept = await prisma().contactImport.findMany({ where: { ownerId: owner }, select: { id: true } });
  expect(kept.map(({ id }) => id).sort()).toEqual([imported, ...ids.slice(2)].sort());
});

it('a file is imported once, also by two requests at the same time', async () => {
  const owner = await addOwner();
  const id = await upload(owner, 'First name,Info\nAda,\nGr\x07ace,\n');
  const outcomes = await Promise.allSettled([1, 2].map(() => importStored(owner, id, AS_DETECTED)));
  expect(outcomes.some(({ status }) => status === 'fulfilled')).toBe(true);
  const { bytes, report } = await getImportOrThrow(owner, id);
  expect(bytes).toBeNull();
  expect(report).toMatchObject({ created: 1, completed: 0, unchanged: 0, left: 1 });
  expect(report?.remarks).toMatchObject({ total: 1, items: [{ line: 3, reason: 'left_out' }] });
  await prisma().contact.deleteMany({ where: { ownerId: owner } });
  expect(await importStored(owner, id, AS_DETECTED)).toBeNull();
  expect(await namesOf(owner)).toEqual([]);
});

it('imports with the choices of the user', async () => {
  const owner = await addOwner();
  const id = await upload(owner, 'First name,Nickname\nAda,Countess\n');
  await importStored(owner, id, { targets: new Map([[1, 'last_name']]) });
  const contacts = await prisma().contact.findMany({ where: { ownerId: owner } });
  expect(contacts).toMatchObject([{ firstName: 'Ada', lastName: 'Countess' }]);
});

it('asks for the order of ambiguous dates', async () => {
  const owner = await addOwner();
  const id = await upload(owner, 'First name,Birthday\nAda,05/03/1990\n');
  await expect(importStored(owner, id, AS_DETECTED)).rejects.toMatchObject({
    code: 'validation_failed',
    fields: [{ path: 'dates', message: 'date_order_missing' }],
  });
  await importStored(owner, id, { ...AS_DETECTED, dateOrder: 'month_first' });
  const [ada] = await prisma().contact.findMany({ where: { ownerId: owner } });
  expect(ada?.birthday?.toISOString()).toMatch(/^1990-05-03/);
});

it('a file that is refused stays', async () => {
  const owner = await addOwner();
  const id = await upload(owner, '{}');
  expect(await importStored(owner, id, AS_DETECTED)).toBe('unknown');
  expect((await getImportOrThrow(owner, id)).report).toBeNull();
});
