import { expect, it } from 'vitest';
import { createContact } from '@/lib/contacts/service';
import ru from '@/lib/core/i18n/messages/ru.json';
import { prisma } from '@/lib/core/prisma';
import { createPaste } from '@/lib/pastes/create';
import { pasteUrl } from '@/lib/pastes/dto';
import { createPasteSchema } from '@/lib/pastes/schema';
import { createShareSchema } from '@/lib/sharing/schema';
import { sharePaste } from '@/lib/sharing/service';
import { signedIn } from '@/test/callers';
import { useTestDatabase } from '@/test/test-env';
import { addUser, holdMail } from '@/test/test-people';
import { listForSheet, loadSheetSetup, suggestContacts } from './load-sheet';

useTestDatabase();
holdMail();

async function addShared() {
  const caller = signedIn(await addUser());
  const { paste } = await createPaste(createPasteSchema.parse({ content: 'x' }), caller);
  const email = `ada-${caller.user.username}@example.com`;
  await createContact(caller.user.id, { first_name: 'Ada', email });
  await sharePaste(paste.slug, [createShareSchema.parse({ email, notify: false })], { caller });
  return { caller, slug: paste.slug, email };
}

it('loadSheetSetup has the words of the language and whom the paste is shared with', async () => {
  const { caller, slug, email } = await addShared();
  const setup = await loadSheetSetup(slug, { caller, locale: 'ru' });
  expect(setup).toMatchObject({ locale: 'ru', url: pasteUrl(slug), max: 100 });
  expect(setup.messages.shareSheet).toEqual(ru.shareSheet);
  expect(setup.shares).toMatchObject([
    { name: 'Ada', email, role: 'reader', wasMailed: false, openedAt: null },
  ]);
  expect(await listForSheet(slug, caller)).toEqual(setup.shares);
});

it('another member learns nothing of it', async () => {
  const { slug } = await addShared();
  const { caller } = await addShared();
  const answers = await Promise.allSettled([
    loadSheetSetup(slug, { caller, locale: 'en' }),
    listForSheet(slug, caller),
    suggestContacts(slug, { caller, typed: 'a' }),
  ]);
  for (const answer of answers) {
    expect(answer).toMatchObject({ status: 'rejected', reason: { code: 'not_found' } });
  }
});

it('a hidden paste has a list, but no sheet', async () => {
  const { caller, slug } = await addShared();
  await prisma().paste.updateMany({ where: { slug }, data: { hiddenAt: new Date(), hiddenReason: 'x' } });
  expect(await listForSheet(slug, caller)).toHaveLength(1);
  await expect(loadSheetSetup(slug, { caller, locale: 'en' })).rejects.toMatchObject({
    code: 'validation_failed',
    fields: [{ path: 'slug', message: 'hidden_not_shared' }],
  });
});

it('suggestContacts leaves out those who have access, and answers odd texts', async () => {
  const { caller, slug } = await addShared();
  const { id } = await createContact(caller.user.id, { first_name: 'Adam', email: 'adam@example.com' });
  await createContact(caller.user.id, { first_name: 'Adela' });
  expect(await suggestContacts(slug, { caller, typed: 'Ad\0' })).toEqual([
    { id, name: 'Adam', email: 'adam@example.com', isChosen: false },
  ]);
  for (const typed of ['\ud800', '%', 'x'.repeat(100_000)]) {
    expect(await suggestContacts(slug, { caller, typed }), typed.slice(0, 9)).toEqual([]);
  }
});
