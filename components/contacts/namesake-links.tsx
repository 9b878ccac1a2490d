import { getTranslations } from 'next-intl/server';
import type { Namesakes } from '@/lib/contacts/duplicates';
import { personName } from './person-name';

/** People of one name, each with what tells them apart. */
export async function NamesakeLinks({ contacts }: Pick<Namesakes, 'contacts'>) {
  const t = await getTranslations('people.duplicates');
  return (
    <ul className="dotted flex flex-wrap">
      {contacts.map((person) => (
        <li key={person.id} className="max-w-full [overflow-wrap:anywhere]">
          <a href={`/people/${person.id}`} className="text-link">
            <bdi>{personName(person)}</bdi>
          </a>{' '}
          <span className="ml-1 text-[13.5px] text-muted">{person.email ?? person.phone ?? t('bare')}</span>
        </li>
      ))}
    </ul>
  );
}
