import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { createContactAction } from '@/components/contacts/actions';
import { ContactForm } from '@/components/contacts/contact-form';
import { ContactsFrame } from '@/components/contacts/contacts-frame';
import { guardMemberPage } from '@/components/page/page-guard';
import { setPageHeader } from '@/components/request/page-response';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('contacts');
  return { title: t('new'), robots: { index: false, follow: false } };
}

export default function NewContactPage() {
  return guardMemberPage('member', async () => {
    setPageHeader('X-Robots-Tag', 'noindex');
    const t = await getTranslations('contacts');
    return (
      <ContactsFrame heading={t('new')}>
        <ContactForm action={createContactAction} contact={null} label={t('new')} submit={t('create')} />
      </ContactsFrame>
    );
  });
}
