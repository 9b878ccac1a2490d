import { describe, expect, it } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { prisma } from '../core/db';
import { blobStore } from '../storage/blob-store';
import { createPaste } from './create';
import { hashEditKey } from './edit-key';
import { deleteRevision, readHistory, readRevision, restoreRevision } from './history';
import { ANONYMOUS, type Viewer } from './policy';
import { readFileText } from './read';
import { createPasteSchema } from './schema';
import { updatePaste } from './update';

useTestDatabase();

async function pasteWithRevisions(texts: readonly string[]): Promise<{ slug: string; viewer: Viewer }> {
  const [first = '', ...others] = texts;
  const { paste, editKey } = await createPaste(createPasteSchema.parse({ content: first }), ANONYMOUS);
  const viewer = { ...ANONYMOUS, editKeyHash: hashEditKey(editKey ?? '') };
  for (const content of others) await updatePaste(paste.slug, { files: [{ content }] }, { viewer });
  return { slug: paste.slug, viewer };
}

describe('history', () => {
  it('lists newest first, a page at a time', async () => {
    const { slug, viewer } = await pasteWithRevisions(['1', '2', '3', '4', '5']);
    const first = await readHistory(slug, { viewer, limit: 2 });
    expect(first.items.map(({ number }) => number)).toEqual([5, 4]);
    const second = await readHistory(slug, { viewer, limit: 3, before: first.nextBefore ?? undefined });
    expect(second.items.map(({ number }) => number)).toEqual([3, 2, 1]);
    expect(second.nextBefore).toBeNull();
  });

  it('is only for those who may edit', async () => {
    const { slug, viewer } = await pasteWithRevisions(['1', '2']);
    for (const other of [ANONYMOUS, { ...viewer, editKeyHash: hashEditKey('wrong') }]) {
      await expect(readHistory(slug, { viewer: other, limit: 5 })).rejects.toMatchObject({
        code: 'not_found',
      });
      await expect(readRevision(slug, 1, other)).rejects.toMatchObject({ code: 'not_found' });
    }
    await expect(restoreRevision(slug, 1, ANONYMOUS)).rejects.toMatchObject({ code: 'unauthorized' });
    await expect(deleteRevision(slug, 1, ANONYMOUS)).rejects.toMatchObject({ code: 'unauthorized' });
  });

  it('restores an earlier text, byte for byte, as a new revision', async () => {
    const { slug, viewer } = await pasteWithRevisions(['\ufefffirst\r\n', 'second']);
    const { paste } = await restoreRevision(slug, 1, viewer);
    expect(paste.revision).toBe(3);
    expect(await Promise.all(paste.files.map(readFileText))).toEqual(['\ufefffirst\r\n']);
  });

  it('deletes an earlier one with its bodies, and never the current one', async () => {
    const { slug, viewer } = await pasteWithRevisions(['first', 'second']);
    const { revision } = await readRevision(slug, 1, viewer);
    await deleteRevision(slug, 1, viewer);
    expect(await blobStore().get(revision.files[0]?.key ?? '')).toBeNull();
    expect(await prisma().blobDeletion.count()).toBe(0);
    await expect(readRevision(slug, 1, viewer)).rejects.toMatchObject({ code: 'not_found' });
    await expect(deleteRevision(slug, 1, viewer)).rejects.toMatchObject({ code: 'not_found' });
    await expect(deleteRevision(slug, 2, viewer)).rejects.toMatchObject({ code: 'conflict' });
  });
});
