import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { createPersonAction } from '@/components/contacts/actions';
import { PeopleFrame } from '@/components/contacts/people-frame';
import { PersonForm } from '@/components/contacts/person-form';
import { guardMemberPage } from '@/components/page/page-guard';
import { setPageHeader } from '@/components/request/page-response';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('people');
  return { title: t('add'), robots: { index: false, follow: false } };
}

export default function NewPersonPage() {
  return guardMemberPage('member', async () => {
    setPageHeader('X-Robots-Tag', 'noindex');
    const t = await getTranslations('people');
    return (
      <PeopleFrame heading={t('add')}>
        <PersonForm action={createPersonAction} person={null} label={t('add')} submit={t('create')} />
      </PeopleFrame>
    );
  });
}
