import { getFormatter, getTranslations } from 'next-intl/server';
import type { ContactRecord } from '@/lib/contacts/queries';
import { displayEmail } from '@/lib/core/email-display';
import { starContactAction } from './actions';
import { contactName } from './contact-name';
import { StarForm } from './star-form';

interface ContactRowProps {
  contact: ContactRecord;
  /** This page of the list, to return to. */
  back: string;
}

/** One contact: star, name, and its other values in one line. */
export async function ContactRow({ contact, back }: ContactRowProps) {
  const t = await getTranslations('contacts');
  const format = await getFormatter();
  const { id, email, phone, birthday, favorite } = contact;
  const name = contactName(contact);
  const facts = [
    email === null ? null : displayEmail(email),
    phone,
    birthday && t('bornOn', { date: format.dateTime(birthday, { dateStyle: 'medium', timeZone: 'UTC' }) }),
  ].filter((fact) => fact !== null);
  return (
    <li className="relative flex items-start gap-1.5 border-b border-hair py-2.5 has-[a:hover]:bg-wash/60 has-[h2_a:focus-visible]:bg-wash">
      <StarForm
        id={id}
        isStarred={favorite}
        action={starContactAction}
        label={t('star', { name })}
        back={back}
      />
      <div className="min-w-0 grow">
        <h2 className="text-base font-semibold [overflow-wrap:anywhere]">
          <a href={`/contacts/${id}`} data-entry className="before:absolute before:inset-0 hover:text-accent">
            <bdi>{name}</bdi>
          </a>
        </h2>
        {facts.length === 0 ? null : (
          <ul className="dotted flex flex-wrap text-xs text-muted touch:pointer-events-none">
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
