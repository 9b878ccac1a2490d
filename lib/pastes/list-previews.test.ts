import { expect, it } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { addUser } from '@/test/test-people';
import { signedIn } from '../../test/callers';
import type { Member } from '../core/caller';
import { prisma } from '../core/prisma';
import { createPaste } from './create';
import { toListedDto } from './dto';
import { listOwnPastes, listPublicPastes } from './list-queries';
import { purgePaste, queueDeletedFiles } from './purge';
import { createPasteSchema, updatePasteSchema } from './schema';
import { updatePaste } from './update';

useTestDatabase();

const NOW = new Date();

async function create(by: Member, fields: Record<string, unknown>) {
  return (await createPaste(createPasteSchema.parse(fields), by)).paste;
}

async function listed(by: Member) {
  const { items } = await listOwnPastes(by.user.id, { limit: 10, sort: 'newest' }, NOW);
  return items.map(({ preview }) => preview);
}

it('is of the first file of the current revision', async () => {
  const me = signedIn(await addUser());
  const files = [{ content: '\n# One\n\n  two\nthree' }, { content: 'other file' }];
  const { slug } = await create(me, { files, visibility: 'public' });
  expect(await listed(me)).toEqual(['# One\n  two']);
  const stored = await prisma().file.findMany({ orderBy: { position: 'asc' }, select: { preview: true } });
  expect(stored).toEqual([{ preview: '# One\n  two' }, { preview: null }]);

  await updatePaste(slug, updatePasteSchema.parse({ content: 'no' }), { caller: me }).catch(() => {});
  await updatePaste(slug, updatePasteSchema.parse({ title: 'Same text' }), { caller: me });
  expect(await listed(me)).toEqual(['# One\n  two']);
  const edit = updatePasteSchema.parse({ files: [{ content: 'edited' }] });
  await updatePaste(slug, edit, { caller: me });
  expect(await listed(me)).toEqual(['edited']);
  const [inFeed] = (await listPublicPastes({ limit: 10 }, NOW)).items;
  expect(inFeed?.preview).toBe('edited');
});

it('is neither stored nor listed of a burning paste', async () => {
  const me = signedIn(await addUser());
  const { id } = await create(me, { content: 'once', burn_after: 1 });
  expect(await prisma().file.count({ where: { preview: { not: null }, revision: { pasteId: id } } })).toBe(0);
  // Not even if there were one.
  await prisma().file.updateMany({ where: { revision: { pasteId: id } }, data: { preview: 'once' } });
  expect(await listed(me)).toEqual([null]);
});

it('is not part of what is told of a closed paste', async () => {
  const me = signedIn(await addUser());
  await create(me, { content: 'text' });
  const [paste] = (await listOwnPastes(me.user.id, { limit: 1, sort: 'newest' }, NOW)).items;
  if (!paste) throw new Error('not listed');
  expect(toListedDto(paste, { envelope: false }).preview).toBe('text');
  expect(toListedDto(paste, { envelope: true })).toMatchObject({ preview: null, title: '', files: [] });
});

it('is deleted with the files of a tombstone, of every revision', async () => {
  const me = signedIn(await addUser());
  const [purged, swept] = [await create(me, { content: 'needle' }), await create(me, { content: 'needle' })];
  const edit = updatePasteSchema.parse({ content: 'needle again' });
  for (const { slug } of [purged, swept]) await updatePaste(slug, edit, { caller: me });
  const kept = () => prisma().file.count({ where: { preview: { startsWith: 'needle' } } });
  expect(await kept()).toBe(4);
  await purgePaste(purged.id, NOW);
  expect(await kept()).toBe(2);
  await prisma().paste.update({ where: { id: swept.id }, data: { deletedAt: NOW } });
  expect(await listed(me)).toEqual([]);
  await queueDeletedFiles(NOW);
  expect(await kept()).toBe(0);
});
