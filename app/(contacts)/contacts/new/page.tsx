import { getTranslations } from 'next-intl/server';
import { createContactAction } from '@/components/contacts/actions';
import { ContactForm } from '@/components/contacts/contact-form';
import { ContactsFrame } from '@/components/contacts/contacts-frame';
import { guardMemberPage } from '@/components/page/page-guard';
import { privateMetadata } from '@/components/page/page-metadata';

export const generateMetadata = privateMetadata('contacts.new');

export default function NewContactPage() {
  return guardMemberPage('member', async () => {
    const t = await getTranslations('contacts');
    return (
      <ContactsFrame heading={t('new')}>
        <ContactForm action={createContactAction} contact={null} label={t('new')} submit={t('create')} />
      </ContactsFrame>
    );
  });
}
