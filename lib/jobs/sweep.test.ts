import { describe, expect, it } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { ANONYMOUS } from '../../test/callers';
import { prisma } from '../core/db';
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
