import { describe, expect, it } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { ANONYMOUS } from '../../test/callers';
import type { Caller } from '../core/caller';
import { prisma } from '../core/prisma';
import { blobStore } from '../storage/blob-store';
import { createPaste } from './create';
import { hashEditKey } from './edit-key';
import { deleteRevision, readHistory, readRevision, restoreRevision } from './history';
import { readFileText } from './read';
import { createPasteSchema } from './schema';
import { updatePaste } from './update';

useTestDatabase();

async function pasteWithRevisions(texts: readonly string[]): Promise<{ slug: string; caller: Caller }> {
  const [first = '', ...others] = texts;
  const { paste, editKey } = await createPaste(createPasteSchema.parse({ content: first }), ANONYMOUS);
  const caller = { ...ANONYMOUS, editKeyHash: hashEditKey(editKey ?? '') };
  for (const content of others) await updatePaste(paste.slug, { files: [{ content }] }, { caller });
  return { slug: paste.slug, caller };
}

describe('history', () => {
  it('lists newest first, a page at a time', async () => {
    const { slug, caller } = await pasteWithRevisions(['1', '2', '3', '4', '5']);
    const first = await readHistory(slug, { caller, limit: 2 });
    expect(first.items.map(({ number }) => number)).toEqual([5, 4]);
    const second = await readHistory(slug, {
      caller,
      limit: 3,
      before: first.nextBefore ?? undefined,
    });
    expect(second.items.map(({ number }) => number)).toEqual([3, 2, 1]);
    expect(second.nextBefore).toBeNull();
  });

  it('is only for callers who can edit', async () => {
    const { slug, caller } = await pasteWithRevisions(['1', '2']);
    for (const other of [ANONYMOUS, { ...caller, editKeyHash: hashEditKey('wrong') }]) {
      await expect(readHistory(slug, { caller: other, limit: 5 })).rejects.toMatchObject({
        code: 'not_found',
      });
      await expect(readRevision(slug, 1, other)).rejects.toMatchObject({ code: 'not_found' });
    }
    await expect(restoreRevision(slug, 1, ANONYMOUS)).rejects.toMatchObject({ code: 'unauthorized' });
    await expect(deleteRevision(slug, 1, ANONYMOUS)).rejects.toMatchObject({ code: 'unauthorized' });
  });

  it('restores an earlier text, byte for byte, as a new revision', async () => {
    const { slug, caller } = await pasteWithRevisions(['\ufefffirst\r\n', 'second']);
    const { paste } = await restoreRevision(slug, 1, caller);
    expect(paste.revision).toBe(3);
    expect(await Promise.all(paste.files.map(readFileText))).toEqual(['\ufefffirst\r\n']);
  });

  it('deletes an earlier one with its bodies, and never the current one', async () => {
    const { slug, caller } = await pasteWithRevisions(['first', 'second']);
    const { revision } = await readRevision(slug, 1, caller);
    await deleteRevision(slug, 1, caller);
    expect(await blobStore().get(revision.files[0]?.key ?? '')).toBeNull();
    expect(await prisma().blobDeletion.count()).toBe(0);
    await expect(readRevision(slug, 1, caller)).rejects.toMatchObject({ code: 'not_found' });
    await expect(deleteRevision(slug, 1, caller)).rejects.toMatchObject({ code: 'not_found' });
    await expect(deleteRevision(slug, 2, caller)).rejects.toMatchObject({ code: 'conflict' });
  });
});
