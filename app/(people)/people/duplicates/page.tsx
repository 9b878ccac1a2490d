import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { NamesakeLinks } from '@/components/contacts/namesake-links';
import { PeopleFrame } from '@/components/contacts/people-frame';
import { guardMemberPage } from '@/components/page/page-guard';
import { setPageHeader } from '@/components/request/page-response';
import { findDuplicates } from '@/lib/contacts/duplicates';

const SHOWN = 100;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('people.duplicates');
  return { title: t('title'), robots: { index: false, follow: false } };
}

export default function DuplicatesPage() {
  return guardMemberPage('member', async ({ user }) => {
    setPageHeader('X-Robots-Tag', 'noindex');
    const { groups, total } = await findDuplicates(user.id, { limit: SHOWN });
    const t = await getTranslations('people.duplicates');
    return (
      <PeopleFrame heading={t('title')}>
        <p className="mt-1 text-muted">{t(groups.length === 0 ? 'none' : 'explain')}</p>
        {groups.length === 0 ? null : (
          <ul className="mt-5 border-t border-hair">
            {groups.map(({ ids, contacts }) => (
              <li key={ids[0]} className="border-b border-hair py-3">
                <NamesakeLinks contacts={contacts} />
              </li>
            ))}
          </ul>
        )}
        {total > groups.length && groups.length > 0 ? (
          <p className="mt-4 text-[14px] text-muted">{t('shown', { count: groups.length })}</p>
        ) : null}
      </PeopleFrame>
    );
  });
}
