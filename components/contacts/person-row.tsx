import { getFormatter, getTranslations } from 'next-intl/server';
import type { ContactRecord } from '@/lib/contacts/queries';
import { starPersonAction } from './actions';
import { personName } from './person-name';
import { StarForm } from './star-form';

interface PersonRowProps {
  person: ContactRecord;
  /** This page of the list, to come back to. */
  back: string;
}

/** One person: the star, the name, and what else is known in one line. */
export async function PersonRow({ person, back }: PersonRowProps) {
  const t = await getTranslations('people');
  const format = await getFormatter();
  const { id, email, phone, birthday, favorite } = person;
  const name = personName(person);
  const facts = [
    email,
    phone,
    birthday && t('bornOn', { date: format.dateTime(birthday, { dateStyle: 'medium', timeZone: 'UTC' }) }),
  ].filter((fact) => fact !== null);
  return (
    <li className="relative flex items-start gap-1.5 border-b border-hair py-2.5 has-[a:hover]:bg-wash/60">
      <StarForm
        id={id}
        isStarred={favorite}
        action={starPersonAction}
        label={t('star', { name })}
        back={back}
      />
      <div className="min-w-0 grow">
        <h2 className="text-[15.5px] font-semibold [overflow-wrap:anywhere]">
          <a href={`/people/${id}`} className="before:absolute before:inset-0 hover:text-accent">
            <bdi>{name}</bdi>
          </a>
        </h2>
        {facts.length === 0 ? null : (
          <ul className="dotted flex flex-wrap text-[13.5px] text-muted">
            {facts.map((fact) => (
              <li key={fact} className="max-w-full [overflow-wrap:anywhere]">
                {fact}
              </li>
            ))}
          </ul>
        )}
      </div>
    </li>
  );
}
