import 'server-only';
import { contactName } from '@/components/contacts/contact-name';
import { readContactQuery } from '@/components/contacts/contact-query';
import { readOwnQuery } from '@/components/own/own-query';
import { languageLabel, languageOf, momentLabels, titleOf } from '@/components/reading/display';
import { listContacts } from '@/lib/contacts/queries';
import type { Caller, Member } from '@/lib/core/caller';
import { now } from '@/lib/core/clock';
import { displayEmail } from '@/lib/core/email-display';
import type { PageText } from '@/lib/core/i18n/page-text';
import { enforceLimit } from '@/lib/limits/enforce';
import { listOwnPastes } from '@/lib/pastes/list-queries';
import { decideBrowse } from '@/lib/pastes/policy';
import { listCommands } from './commands';
import type { PaletteResults, PaletteSetup } from './palette-entries';

const MAX_RESULTS = 5;

/** What the palette offers before anything is typed. */
export function loadPaletteSetup({ user }: Caller, text: PageText): PaletteSetup {
  const rights = { isMember: user !== null, canBrowse: decideBrowse(user) === 'allowed' };
  return { ...rights, commands: listCommands(rights, text) };
}

/** The user's pastes and contacts for the text typed so far. @throws AppError rate_limited */
export async function searchForPalette(
  q: string,
  { caller: { user, address }, text }: { caller: Member; text: PageText },
): Promise<PaletteResults> {
  await enforceLimit('contacts-list', { user, address });
  const at = now();
  const [pastes, contacts] = await Promise.all([
    listOwnPastes(user.id, { ...readOwnQuery({ q }), limit: MAX_RESULTS }, at),
    listContacts(user.id, { ...readContactQuery({ q }), limit: MAX_RESULTS }),
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
  };
}
