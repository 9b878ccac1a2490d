import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { ANONYMOUS } from '../../test/callers';
import { env } from '../core/env';
import { AppError } from '../core/errors';
import { prisma } from '../core/prisma';
import { createPaste } from '../pastes/create';
import { hashEditKey } from '../pastes/edit-key';
import { createPasteSchema } from '../pastes/schema';
import { updatePaste } from '../pastes/update';
import { newBlobKey } from '../storage/blob-key';
import { blobStore } from '../storage/blob-store';
import { runSweep } from './sweep';

useTestDatabase();

const later = (ms: number) => new Date(Date.now() + ms);
const HOUR = 3_600_000;

async function blobKeys(): Promise<Set<string>> {
  const keys = new Set<string>();
  for await (const blob of blobStore().list()) keys.add(blob.key);
  return keys;
}

/** A folder in the place of its file: the store can neither read nor remove it. @returns its path */
async function replaceByFolder(key: string): Promise<string> {
  const file = join(env().BLOB_DIR, key.slice(0, 2), key);
  await rm(file, { force: true });
  await mkdir(file, { recursive: true });
  await writeFile(join(file, 'x'), '');
  return file;
}

const create = (expires_in: string) =>
  createPaste(createPasteSchema.parse({ content: 'x', expires_in }), ANONYMOUS);

describe('reconcile', () => {
  it('removes nothing from a store of which no row names anything', async () => {
    const foreign = newBlobKey();
    await blobStore().put(foreign, Buffer.from('of another service'));
    const swept = await runSweep({ now: later(25 * HOUR), budgetMs: 5_000, reconcile: true });
    expect(swept.strays_removed).toBe(0);
    expect((await blobKeys()).has(foreign)).toBe(true);
  });
});

describe('runSweep', () => {
  it('removes rows and bodies of what has expired, all revisions, and nothing else', async () => {
    const { paste: short, editKey } = await create('10m');
    const { paste: long } = await create('1d');
    const holder = { ...ANONYMOUS, editKeyHash: hashEditKey(editKey ?? '') };
    const { paste: edited } = await updatePaste(
      short.slug,
      { files: [{ content: 'y' }] },
      { caller: holder },
    );

    expect(await runSweep({ now: later(0), budgetMs: 5_000 })).toMatchObject({ pastes_ended: 0 });
    expect(await runSweep({ now: later(HOUR), budgetMs: 5_000 })).toEqual({
      pastes_ended: 1,
      blobs_removed: 2,
      blobs_failed: 0,
      rows_removed: 1,
      mails_sent: 0,
      strays_removed: 0,
      complete: true,
    });
    const keys = await blobKeys();
    expect(keys.has(short.files[0]?.key ?? '')).toBe(false);
    expect(keys.has(edited.files[0]?.key ?? '')).toBe(false);
    expect(keys.has(long.files[0]?.key ?? '')).toBe(true);
    expect(await prisma().paste.count({ where: { slug: short.slug } })).toBe(0);
    expect(await prisma().blobDeletion.count()).toBe(0);
  });

  it('removes the other bodies of a batch if one cannot be removed, and tries that one again', async () => {
    const pastes = await Promise.all(Array.from({ length: 5 }, () => create('10m')));
    const [stuck = '', ...others] = pastes.map(({ paste }) => paste.files[0]?.key ?? '');
    const file = await replaceByFolder(stuck);

    const reported = { blobs_removed: 4, blobs_failed: 1, rows_removed: 5, complete: false };
    expect(await runSweep({ now: later(HOUR), budgetMs: 5_000 })).toMatchObject(reported);
    const keys = await blobKeys();
    expect(others.filter((key) => keys.has(key))).toEqual([]);
    expect(await prisma().blobDeletion.findMany({ select: { key: true } })).toEqual([{ key: stuck }]);

    await rm(file, { recursive: true });
    const done = { blobs_removed: 1, blobs_failed: 0, complete: true };
    expect(await runSweep({ now: later(HOUR), budgetMs: 5_000 })).toMatchObject(done);
    expect(await prisma().blobDeletion.count()).toBe(0);
  });

  it('reaches every body although more than a batch cannot be removed', async () => {
    const queue = (queuedAt: Date, keys: string[]) =>
      prisma().blobDeletion.createMany({ data: keys.map((key) => ({ key, queuedAt })) });
    const impossible = Array.from({ length: 250 }, (_, n) => `not a key ${n}`);
    await queue(later(-HOUR), impossible);
    const key = newBlobKey();
    await blobStore().put(key, Buffer.from('x'));
    await queue(later(0), [key]);
    await runSweep({ now: later(0), budgetMs: 5_000 });
    const swept = await runSweep({ now: later(0), budgetMs: 5_000 });
    expect(swept).toMatchObject({ blobs_removed: 1, blobs_failed: 250 });
    expect((await blobKeys()).has(key)).toBe(false);
    await prisma().blobDeletion.deleteMany();
  });

  it('counts a failure for each body of a store that does not answer, and asks for none of them twice', async () => {
    await create('10m');
    await create('10m');
    const store = blobStore();
    const remove = vi.spyOn(store, 'delete').mockRejectedValueOnce(new AppError('storage_unavailable'));
    const ping = vi.spyOn(store, 'ping').mockRejectedValueOnce(new AppError('storage_unavailable'));
    const swept = await runSweep({ now: later(HOUR), budgetMs: 5_000 });
    expect(swept).toMatchObject({ pastes_ended: 2, blobs_removed: 0, blobs_failed: 2, complete: false });
    expect(remove).toHaveBeenCalledTimes(1);
    remove.mockRestore();
    ping.mockRestore();
    const recovered = { blobs_removed: 2, blobs_failed: 0, complete: true };
    expect(await runSweep({ now: later(HOUR), budgetMs: 5_000 })).toMatchObject(recovered);
  });

  it('overlaps with itself without failing or counting twice', async () => {
    await Promise.all(Array.from({ length: 30 }, () => create('10m')));
    const sweeps = await Promise.all(
      Array.from({ length: 4 }, () => runSweep({ now: later(HOUR), budgetMs: 10_000 })),
    );
    expect(sweeps.reduce((sum, sweep) => sum + sweep.pastes_ended, 0)).toBe(30);
    expect(await prisma().paste.count({ where: { expiresAt: { lt: later(HOUR) } } })).toBe(0);
  });

  it('begins nothing without a budget', async () => {
    await create('10m');
    expect(await runSweep({ now: later(HOUR), budgetMs: 0 })).toMatchObject({
      pastes_ended: 0,
      complete: false,
    });
  });

  it('removes the other bodies without a row if one cannot be removed', async () => {
    const [stuck, stray] = [newBlobKey(), newBlobKey()];
    await create('1y');
    const folder = await replaceByFolder(stuck);
    await blobStore().put(stray, Buffer.from('left behind'));
    await runSweep({ now: later(25 * HOUR), budgetMs: 5_000, reconcile: true });
    const keys = await blobKeys();
    expect([keys.has(stray), keys.has(stuck)]).toEqual([false, true]);
    await rm(folder, { recursive: true });
  });

  it('removes day-old bodies without a row, and keeps newer ones', async () => {
    const stray = newBlobKey();
    await blobStore().put(stray, Buffer.from('left behind'));
    const { paste } = await create('1y');
    await runSweep({ now: later(0), budgetMs: 5_000, reconcile: true });
    expect((await blobKeys()).has(stray)).toBe(true);
    const swept = await runSweep({ now: later(25 * HOUR), budgetMs: 5_000, reconcile: true });
    expect(swept.strays_removed).toBeGreaterThan(0);
    const keys = await blobKeys();
    expect(keys.has(stray)).toBe(false);
    expect(keys.has(paste.files[0]?.key ?? '')).toBe(true);
  });
});
