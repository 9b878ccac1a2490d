import { expect, it } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { addUser } from '@/test/test-people';
import { dismissDuplicates, findDuplicates } from './duplicates';
import { createContact, updateContact } from './service';

useTestDatabase();

async function addNamed(ownerId: string, ...names: string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const name of names) {
    const [first_name = '', last_name] = name.split(' ');
    ids.push((await createContact(ownerId, { first_name, last_name })).id);
  }
  return ids;
}

async function namesFor(ownerId: string, limit = 10): Promise<string[][]> {
  const { groups } = await findDuplicates(ownerId, { limit });
  return groups.map(({ contacts }) => contacts.map(({ firstName }) => firstName));
}

it('finds possible duplicates of one owner only, up to a limit', async () => {
  const [{ id: owner }, { id: stranger }] = [await addUser(), await addUser()];
  await addNamed(stranger, 'Zoë');
  await addNamed(owner, 'Zoé Ångström', 'angstrom ZOE', 'Андрей', 'Андреи', 'Max', 'MAX');
  expect(await namesFor(owner, 1)).toEqual([['Zoé', 'angstrom']]);
  expect((await findDuplicates(owner, { limit: 1 })).total).toBe(2);
});

it('leaves dismissed groups out until a contact of that name is new or renamed', async () => {
  const [{ id: owner }, { id: stranger }] = [await addUser(), await addUser()];
  const ids = await addNamed(owner, 'Max', 'MAX', 'Max Frisch');
  await dismissDuplicates(stranger, ids);
  expect(await namesFor(owner)).toEqual([['Max', 'MAX', 'Max']]);
  await dismissDuplicates(owner, ids);
  expect(await namesFor(owner)).toEqual([]);
  await addNamed(owner, 'max');
  expect(await namesFor(owner)).toEqual([['max', 'Max', 'MAX', 'Max']]);
  await dismissDuplicates(owner, (await findDuplicates(owner, { limit: 1 })).groups[0]?.ids ?? []);
  await updateContact(owner, ids[0] ?? '', { first_name: 'Frisch Max' });
  expect(await namesFor(owner)).toEqual([['Frisch Max', 'Max', 'MAX', 'max']]);
});

it('lists a large group in parts', async () => {
  const { id: owner } = await addUser();
  await addNamed(owner, ...Array.from({ length: 203 }, () => 'Max'));
  const dismissFirst = async () => {
    const [group] = (await findDuplicates(owner, { limit: 1 })).groups;
    await dismissDuplicates(owner, group?.ids ?? []);
    return group?.contacts.length;
  };
  expect([await dismissFirst(), await dismissFirst(), await dismissFirst()]).toEqual([200, 200, undefined]);
});
