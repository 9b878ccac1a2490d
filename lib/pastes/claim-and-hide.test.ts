import { describe, expect, it } from 'vitest';
import { codeOf } from '@/test/error-codes';
import { useTestDatabase } from '@/test/test-env';
import { addUser } from '@/test/test-people';
import { ANONYMOUS, signedIn } from '../../test/callers';
import type { Caller } from '../core/caller';
import type { Role } from '../generated/prisma/enums';
import { claimPaste } from './claim';
import { createPaste } from './create';
import { deletePaste } from './delete';
import { toPasteDto } from './dto';
import { hashEditKey } from './edit-key';
import { hidePaste } from './hide';
import { readPaste } from './read';
import { createPasteSchema } from './schema';
import { updatePaste } from './update';

useTestDatabase();

const member = async (role: Role = 'user') => signedIn(await addUser({ role }));

async function create(by: Caller = ANONYMOUS, fields: Record<string, string> = {}) {
  const { paste, editKey } = await createPaste(createPasteSchema.parse({ content: 'x', ...fields }), by);
  return { slug: paste.slug, editKey: editKey ?? '' };
}

const read = (slug: string, by: Caller) => readPaste(slug, { caller: by, surface: 'page' });

describe('claimPaste', () => {
  it('makes the caller the owner and revokes the edit key', async () => {
    const me = await member();
    const { slug, editKey } = await create();
    const holder = { ...ANONYMOUS, editKeyHash: hashEditKey(editKey) };
    expect(await claimPaste({ slug, editKey }, me)).toMatchObject({ ownerId: me.user.id, editKeyHash: null });
    const change = (by: Caller) => updatePaste(slug, { files: [{ content: 'y' }] }, { caller: by });
    expect(await codeOf(change(holder))).toBe('not_found');
    expect(await codeOf(deletePaste(slug, holder))).toBe('not_found');
    expect((await change(me)).paste.revision).toBe(2);
    expect(await codeOf(claimPaste({ slug, editKey }, await member()))).toBe('not_found');
  });

  it('gives one error for everything that cannot be claimed', async () => {
    const me = await member();
    const { slug, editKey } = await create();
    const other = await create();
    const owned = await create(await member());
    const gone = await create();
    await deletePaste(gone.slug, { ...ANONYMOUS, editKeyHash: hashEditKey(gone.editKey) });
    const attempts = [
      { slug, editKey: other.editKey },
      { slug, editKey: '' },
      { slug: owned.slug, editKey },
      { slug: owned.slug, editKey: '' },
      { slug: 'unknownPaste', editKey },
      { slug: "' or 1=1", editKey },
      gone,
    ];
    for (const attempt of attempts) expect(await codeOf(claimPaste(attempt, me))).toBe('not_found');
    expect(await codeOf(claimPaste({ slug, editKey }, ANONYMOUS))).toBe('unauthorized');
    expect((await claimPaste({ slug, editKey }, me)).ownerId).toBe(me.user.id);
  });

  it('lets one of many concurrent callers with the key claim it', async () => {
    const { slug, editKey } = await create();
    const many = await Promise.all(Array.from({ length: 10 }, () => member()));
    const outcomes = await Promise.allSettled(many.map((one) => claimPaste({ slug, editKey }, one)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('hidePaste', () => {
  it('leaves a paste to its owner, who sees why, and to moderators', async () => {
    const [owner, moderator] = [await member(), await member('moderator')];
    const { slug } = await create(owner, { visibility: 'public' });
    await hidePaste(slug, 'Contains an address.', moderator);
    const { paste } = await read(slug, owner);
    expect(toPasteDto(paste).hidden_reason).toBe('Contains an address.');
    expect((await read(slug, moderator)).paste.slug).toBe(slug);
    expect((await read(slug, await member('admin'))).paste.slug).toBe(slug);
    expect(await codeOf(read(slug, ANONYMOUS))).toBe('not_found');
    expect(await codeOf(read(slug, await member()))).toBe('not_found');

    await hidePaste(slug, null, moderator);
    const given = (await read(slug, ANONYMOUS)).paste;
    expect([given.hiddenAt, toPasteDto(given).hidden_reason]).toEqual([null, null]);
  });

  it('is for moderators, and for what they can see', async () => {
    const owner = await member();
    const open = await create(owner, { visibility: 'public' });
    const closed = await create(owner, { visibility: 'private' });
    const moderator = await member('moderator');
    expect(await codeOf(hidePaste(open.slug, 'x', ANONYMOUS))).toBe('unauthorized');
    expect(await codeOf(hidePaste(open.slug, 'x', owner))).toBe('not_found');
    expect(await codeOf(hidePaste(closed.slug, 'x', moderator))).toBe('not_found');
    expect(await codeOf(hidePaste('unknownPaste', 'x', moderator))).toBe('not_found');
    expect((await read(open.slug, ANONYMOUS)).paste.hiddenAt).toBeNull();
  });

  it('is not undone by an edit of the owner', async () => {
    const owner = await member();
    const { slug } = await create(owner, { visibility: 'public' });
    await hidePaste(slug, 'x', await member('moderator'));
    await updatePaste(
      slug,
      { title: 'New', visibility: 'public', files: [{ content: 'y' }] },
      { caller: owner },
    );
    expect(await codeOf(read(slug, ANONYMOUS))).toBe('not_found');
  });
});
