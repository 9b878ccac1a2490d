import { expect, it } from 'vitest';
import { createPaste } from '@/lib/pastes/create';
import { createPasteSchema } from '@/lib/pastes/schema';
import { createShareSchema } from '@/lib/sharing/schema';
import { readShares, sharePaste } from '@/lib/sharing/service';
import { signedIn } from '@/test/callers';
import { useTestDatabase } from '@/test/test-env';
import { addUser, holdMail } from '@/test/test-people';
import { changeRoleByForm, revokeById } from './share-changes';

useTestDatabase();
holdMail();

it('a share is changed and revoked below the paste that it is of, and below no other', async () => {
  const caller = signedIn(await addUser());
  const [shared, other] = await Promise.all(
    ['x', 'y'].map(
      async (content) => (await createPaste(createPasteSchema.parse({ content }), caller)).paste,
    ),
  );
  const slug = shared?.slug ?? '';
  const input = createShareSchema.parse({ email: 'ada@example.com', notify: false });
  const [share] = await sharePaste(slug, [input], { caller });
  const elsewhere = { slug: other?.slug ?? '', id: share?.id ?? '' };
  const editor = new FormData();
  editor.set('role', 'editor');
  const rolesOf = async () => (await readShares(slug, caller)).map(({ role }) => role);

  await expect(changeRoleByForm(elsewhere, editor, caller)).rejects.toMatchObject({ code: 'not_found' });
  await expect(revokeById(elsewhere, caller)).rejects.toMatchObject({ code: 'not_found' });
  expect(await rolesOf()).toEqual(['reader']);
  await changeRoleByForm({ ...elsewhere, slug }, editor, caller);
  expect(await rolesOf()).toEqual(['editor']);
  await revokeById({ ...elsewhere, slug }, caller);
  expect(await rolesOf()).toEqual([]);
});
