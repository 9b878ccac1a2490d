import { expect, it } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { ANONYMOUS, signedInAs } from '../../test/callers';
import type { Caller } from '../core/caller';
import { pool } from '../core/db';
import { prisma } from '../core/prisma';
import { createPaste } from './create';
import {
  purgePaste,
  queueDeletedFiles,
  removeEmptiedPastes,
  tombstoneExpired,
  tombstoneOwned,
} from './purge';
import { createPasteSchema } from './schema';

useTestDatabase();

const NOW = new Date();

async function addPaste(caller: Caller = ANONYMOUS): Promise<string> {
  const input = createPasteSchema.parse({ content: 'x' });
  return (await createPaste(input, caller)).paste.id;
}

/** As if it had been edited that often. */
async function addRevisions(pasteId: string, count: number): Promise<void> {
  await pool().query(
    `with made as (
       insert into revisions (id, paste_id, number)
       select gen_random_uuid(), $1, n from generate_series(2, $2::int + 1) n returning id)
     insert into files (id, revision_id, position, language, bytes, lines, sha256, blob_key)
     select gen_random_uuid(), made.id, p, 'text', 1, 1, '\\x00', made.id || '/' || p
     from made, generate_series(1, 20) p`,
    [pasteId, count],
  );
}

it('queues the files of a paste of very many revisions in bounded batches, each once', async () => {
  const id = await addPaste();
  await addRevisions(id, 150);
  await prisma().paste.update({ where: { id }, data: { deletedAt: NOW } });
  const batches: number[] = [];
  for (let size = 1; size > 0; ) {
    size = (await queueDeletedFiles(NOW)).length;
    batches.push(size);
  }
  expect(batches).toEqual([2_000, 1_001, 0]);
  expect(await removeEmptiedPastes()).toBe(1);
  expect(await prisma().blobDeletion.count()).toBe(3_001);
  await prisma().blobDeletion.deleteMany();
});

it('removes the row of one paste only, if asked for one', async () => {
  const [one, other] = [await addPaste(), await addPaste()];
  await prisma().paste.updateMany({ where: { id: { in: [one, other] } }, data: { deletedAt: NOW } });
  await queueDeletedFiles(NOW);
  expect(await removeEmptiedPastes(one)).toBe(1);
  expect(await removeEmptiedPastes()).toBe(1);
  await prisma().blobDeletion.deleteMany();
});

it('tombstones what has expired and what was read to the end, once, and nothing else', async () => {
  const [expired, burned, burning, lasting] = [
    await addPaste(),
    await addPaste(),
    await addPaste(),
    await addPaste(),
  ];
  const change = (id: string, data: { expiresAt?: Date | null; burnAfter?: number; reads?: number }) =>
    prisma().paste.update({ where: { id }, data });
  await change(expired, { expiresAt: NOW });
  await change(burned, { burnAfter: 2, reads: 2 });
  await change(burning, { burnAfter: 2, reads: 1 });
  await change(lasting, { expiresAt: null });
  expect([await tombstoneExpired(NOW), await tombstoneExpired(NOW)]).toEqual([2, 0]);
  const ended = await prisma().paste.findMany({ where: { deletedAt: NOW }, select: { id: true } });
  expect(ended.map(({ id }) => id).sort()).toEqual([expired, burned].sort());
  await prisma().paste.deleteMany();
});

it('touches no file of a paste that lives', async () => {
  const [living, ended] = [await addPaste(), await addPaste()];
  await purgePaste(ended, NOW);
  expect(await queueDeletedFiles(NOW)).toEqual([]);
  expect(await prisma().paste.findMany({ select: { id: true } })).toEqual([{ id: living }]);
  expect(await prisma().file.count()).toBe(1);
});

it('tombstones all pastes of an owner', async () => {
  const { id } = await prisma().user.create({
    data: { email: 'owner@example.com', username: 'owner' },
    select: { id: true },
  });
  const own = await addPaste(signedInAs(id));
  expect(await tombstoneOwned(id, NOW)).toBe(1);
  expect(await tombstoneOwned(id, NOW)).toBe(0);
  const paste = await prisma().paste.findUniqueOrThrow({ where: { id: own } });
  expect([paste.ownerId, paste.deletedAt]).toEqual([null, NOW]);
});
