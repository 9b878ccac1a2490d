import { expect, it } from 'vitest';
import { createContact } from '@/lib/contacts/service';
import { pageTextIn } from '@/lib/core/i18n/page-text';
import { createPaste } from '@/lib/pastes/create';
import { createPasteSchema } from '@/lib/pastes/schema';
import { ANONYMOUS, signedIn } from '@/test/callers';
import { useTestDatabase } from '@/test/test-env';
import { addUser } from '@/test/test-people';
import { loadPaletteSetup, searchForPalette } from './load-palette';

useTestDatabase();

const text = pageTextIn('en');

async function addMember() {
  const caller = signedIn(await addUser());
  const input = { title: 'Release plan', content: '# x', language: 'markdown', visibility: 'private' };
  const { paste } = await createPaste(createPasteSchema.parse(input), caller);
  const contact = await createContact(caller.user.id, { first_name: 'Reliable', email: 'r@example.com' });
  return { caller, paste, contact };
}

it('loadPaletteSetup offers each caller what they may do', () => {
  expect(loadPaletteSetup(ANONYMOUS, text)).toMatchObject({ isMember: false, canBrowse: true });
  expect(loadPaletteSetup(ANONYMOUS, pageTextIn('ru')).commands).toContainEqual({
    href: '/explore',
    label: 'Обзор',
  });
});

it('searchForPalette finds pastes and contacts of the caller, and of no other', async () => {
  const { caller, paste, contact } = await addMember();
  expect(await searchForPalette(' REL ', { caller, text })).toEqual({
    pastes: [
      { href: `/${paste.slug}`, label: 'Release plan', detail: expect.stringMatching(/^Markdown · /) },
    ],
    contacts: [{ href: `/contacts/${contact.id}`, label: 'Reliable', detail: 'r@example.com' }],
  });
  const { caller: other } = await addMember();
  const found = await searchForPalette('rel', { caller: other, text });
  expect([...found.pastes, ...found.contacts].map(({ href }) => href)).not.toContain(`/${paste.slug}`);
});

it('searchForPalette answers odd texts with nothing', async () => {
  const { caller } = await addMember();
  const odd = ['\ud800', '%_\\', "' or 1=1 --", 'x'.repeat(100_000)];
  for (const q of odd) {
    expect(await searchForPalette(q, { caller, text }), q.slice(0, 20)).toEqual({ pastes: [], contacts: [] });
  }
  expect((await searchForPalette('rel\0', { caller, text })).pastes).toHaveLength(1);
});

it('searchForPalette is limited like the list of contacts', async () => {
  const { caller } = await addMember();
  const search = async () => {
    for (let i = 0; i < 1_000; i += 1) await searchForPalette('', { caller, text });
  };
  await expect(search()).rejects.toMatchObject({ code: 'rate_limited' });
});
