import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { deletePersonAction, updatePersonAction } from '@/components/contacts/actions';
import { PeopleFrame } from '@/components/contacts/people-frame';
import { readContactId } from '@/components/contacts/person-fields';
import { PersonForm } from '@/components/contacts/person-form';
import { personName } from '@/components/contacts/person-name';
import { guardMemberPage } from '@/components/page/page-guard';
import { LocalTimes } from '@/components/reading/local-times';
import { setPageHeader } from '@/components/request/page-response';
import { SharedWithPerson } from '@/components/sharing/shared-with-person';
import { ActionForm } from '@/components/ui/action-form';
import { buttonVariants } from '@/components/ui/button-variants';
import { toContactDto } from '@/lib/contacts/queries';
import { getContactOrThrow } from '@/lib/contacts/service';
import { now } from '@/lib/core/clock';

interface PersonPageProps {
  params: Promise<{ id: string }>;
}

/** Not the name: it would say who is in whose book. */
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('people');
  return { title: t('heading'), robots: { index: false, follow: false } };
}

export default function PersonPage({ params }: PersonPageProps) {
  return guardMemberPage('member', async ({ user }) => {
    setPageHeader('X-Robots-Tag', 'noindex');
    const id = readContactId((await params).id);
    const person = await getContactOrThrow(user.id, id);
    const t = await getTranslations('people');
    const composer = await getTranslations('composer');
    const name = personName(person);
    return (
      <PeopleFrame heading={name}>
        <PersonForm
          action={updatePersonAction.bind(null, id)}
          person={toContactDto(person)}
          label={name}
          submit={t('save')}
        />
        {person.email === null ? null : (
          <SharedWithPerson ownerId={user.id} email={person.email} now={now()} />
        )}
        <ActionForm
          action={deletePersonAction.bind(null, id)}
          unreachable={composer('unreachable')}
          className="mt-8 border-t border-hair pt-4"
        >
          <button type="submit" className={`${buttonVariants({ variant: 'danger' })} -ml-3`}>
            {t('delete')}
          </button>
        </ActionForm>
        <LocalTimes />
      </PeopleFrame>
    );
  });
}
