'use server';

import { getTranslations } from 'next-intl/server';
import { errorSentence } from '@/components/actions/error-state';
import { ContactList } from '@/components/contacts/contact-list';
import { ContactOverview } from '@/components/contacts/contact-overview';
import { contactsHref, readContactQuery } from '@/components/contacts/contact-query';
import type { ContactSearchResult } from '@/components/contacts/contact-search';
import { currentCaller, requireMember } from '@/components/request/current-caller';
import { noteActionBegan } from '@/components/request/next-actions';
import { listContacts } from '@/lib/contacts/queries';
import { AppError } from '@/lib/core/errors';
import { enforceLimit } from '@/lib/limits/enforce';

/** The list for the text typed so far. */
export async function searchContactsAction(q: string): Promise<ContactSearchResult> {
  noteActionBegan();
  const filter = readContactQuery({ q: String(q) });
  const href = contactsHref(filter);
  const found = { status: '', href, isRefused: false, isElsewhere: false };
  try {
    const { user, address } = requireMember(await currentCaller(), 'member');
    await enforceLimit('contacts-list', { user, address });
    const page = await listContacts(user.id, filter);
    if (filter.search === undefined) {
      return { ...found, list: <ContactOverview ownerId={user.id} filter={filter} page={page} /> };
    }
    const t = await getTranslations('contacts');
    const count = page.items.length;
    const status = t(page.nextCursor === null ? 'found' : 'foundMore', { count });
    return { ...found, list: <ContactList filter={filter} page={page} />, status };
  } catch (error) {
    if (error instanceof AppError && error.code === 'unauthorized') {
      const login = `/login?next=${encodeURIComponent(href)}`;
      return { ...found, list: null, href: login, isRefused: true, isElsewhere: true };
    }
    const list = (
      <p role="alert" className="mt-5 text-danger">
        {await errorSentence(error)}
      </p>
    );
    return { ...found, list, isRefused: true };
  }
}
