import { getTranslations } from 'next-intl/server';
import { readId } from '@/components/actions/action-arguments';
import { deleteContactAction, updateContactAction } from '@/components/contacts/actions';
import { ContactForm } from '@/components/contacts/contact-form';
import { contactName } from '@/components/contacts/contact-name';
import { ContactsFrame } from '@/components/contacts/contacts-frame';
import { guardMemberPage } from '@/components/page/page-guard';
import { privateMetadata } from '@/components/page/page-metadata';
import { LocalTimes } from '@/components/reading/local-times';
import { SharedWithContact } from '@/components/sharing/shared-with-contact';
import { buttonVariants } from '@/components/ui/button-variants';
import { ButtonForm } from '@/components/ui/page-form';
import { toContactDto } from '@/lib/contacts/queries';
import { getContactOrThrow } from '@/lib/contacts/service';
import { now } from '@/lib/core/clock';

interface ContactPageProps {
  params: Promise<{ id: string }>;
}

/** Without the name, which would stay in the browser's history and in link previews. */
export const generateMetadata = privateMetadata('contacts.heading');

export default function ContactPage({ params }: ContactPageProps) {
  return guardMemberPage('member', async ({ user }) => {
    const id = readId((await params).id);
    const contact = await getContactOrThrow(user.id, id);
    const t = await getTranslations('contacts');
    const name = contactName(contact);
    return (
      <ContactsFrame heading={name}>
        <ContactForm
          action={updateContactAction.bind(null, id)}
          contact={toContactDto(contact)}
          label={name}
          submit={t('save')}
        />
        {contact.email === null ? null : (
          <SharedWithContact ownerId={user.id} email={contact.email} now={now()} />
        )}
        <ButtonForm action={deleteContactAction.bind(null, id)} className="mt-8 border-t border-hair pt-4">
          <button type="submit" className={`${buttonVariants({ variant: 'danger' })} -ml-3`}>
            {t('delete')}
          </button>
        </ButtonForm>
        <LocalTimes />
      </ContactsFrame>
    );
  });
}
