'use server';

import { getTranslations } from 'next-intl/server';
import { callerWithoutForm } from '@/components/actions/action-caller';
import { refuse } from '@/components/actions/refusal';
import { PeopleList } from '@/components/contacts/people-list';
import { peopleHref, readPeopleQuery } from '@/components/contacts/people-query';
import type { FoundPeople } from '@/components/contacts/people-search';
import { PeopleStart } from '@/components/contacts/people-start';
import { requireSession } from '@/components/request/current-user';
import { listContacts } from '@/lib/contacts/queries';
import { AppError } from '@/lib/core/errors';
import { enforceLimit } from '@/lib/limits/enforce';

/** The list for what was typed so far. */
export async function searchPeopleAction(q: string): Promise<FoundPeople> {
  const caller = await callerWithoutForm();
  const filter = readPeopleQuery({ q: String(q) });
  const href = peopleHref(filter);
  try {
    const { user } = await requireSession('member');
    await enforceLimit('contacts-list', { ...caller, userId: user.id });
    const page = await listContacts(user.id, filter);
    if (filter.search === undefined) {
      return {
        list: <PeopleStart ownerId={user.id} filter={filter} page={page} />,
        status: '',
        href,
        isRefused: false,
        isElsewhere: false,
      };
    }
    const t = await getTranslations('people');
    const count = page.items.length;
    const status = t(page.nextCursor === null ? 'found' : 'foundMore', { count });
    return {
      list: <PeopleList filter={filter} page={page} />,
      status,
      href,
      isRefused: false,
      isElsewhere: false,
    };
  } catch (error) {
    if (error instanceof AppError && error.code === 'unauthorized') {
      const login = `/login?next=${encodeURIComponent(href)}`;
      return { list: null, status: '', href: login, isRefused: true, isElsewhere: true };
    }
    const { sentence } = await refuse(error, caller);
    const list = (
      <p role="alert" className="mt-5 text-danger">
        {sentence}
      </p>
    );
    return { list, status: '', href, isRefused: true, isElsewhere: false };
  }
}
