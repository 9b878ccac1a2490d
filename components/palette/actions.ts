'use server';

import { errorSentence } from '@/components/actions/error-state';
import { contactName } from '@/components/contacts/contact-name';
import { readContactQuery } from '@/components/contacts/contact-query';
import { readOwnQuery } from '@/components/own/own-query';
import { languageLabel, languageOf, momentLabels, titleOf } from '@/components/reading/display';
import { currentCaller, requireMember } from '@/components/request/current-caller';
import { noteActionBegan } from '@/components/request/next-actions';
import { getPageText } from '@/components/request/page-text';
import { listContacts } from '@/lib/contacts/queries';
import { now } from '@/lib/core/clock';
import { displayEmail } from '@/lib/core/email-display';
import { enforceLimit } from '@/lib/limits/enforce';
import { listOwnPastes } from '@/lib/pastes/list-queries';
import { decideBrowse } from '@/lib/pastes/policy';
import { listCommands } from './commands';
import type { PaletteResults, PaletteSetup } from './palette-entries';

const MAX_RESULTS = 5;

/** What the palette offers before anything is typed. */
export async function openPaletteAction(): Promise<PaletteSetup> {
  noteActionBegan();
  const { user } = await currentCaller();
  const rights = { isMember: user !== null, canBrowse: decideBrowse(user) === 'allowed' };
  return { ...rights, commands: listCommands(rights, await getPageText()) };
}

/** The user's pastes and contacts for the text typed so far. */
export async function searchPaletteAction(q: string): Promise<PaletteResults> {
  noteActionBegan();
  try {
    const { user, address } = requireMember(await currentCaller(), 'member');
    await enforceLimit('contacts-list', { user, address });
    const at = now();
    const text = await getPageText();
    const [pastes, contacts] = await Promise.all([
      listOwnPastes(user.id, { ...readOwnQuery({ q: String(q) }), limit: MAX_RESULTS }, at),
      listContacts(user.id, { ...readContactQuery({ q: String(q) }), limit: MAX_RESULTS }),
    ]);
    return {
      pastes: pastes.items.map((paste) => ({
        href: `/${paste.slug}`,
        label: titleOf(paste, text),
        detail: [
          ...(paste.isSecret ? [] : [languageLabel(languageOf(paste), text)]),
          momentLabels(paste.createdAt, at, text).relative,
        ].join(' · '),
      })),
      contacts: contacts.items.map((contact) => ({
        href: `/contacts/${contact.id}`,
        label: contactName(contact),
        detail: contact.email === null ? (contact.phone ?? '') : displayEmail(contact.email),
      })),
      problem: '',
    };
  } catch (error) {
    return { pastes: [], contacts: [], problem: await errorSentence(error) };
  }
}
