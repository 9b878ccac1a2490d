import type { DateTime } from 'luxon';
import { getFormatter, getTranslations } from 'next-intl/server';
import type { BirthdayDto } from '@/lib/contacts/schema';
import { contactName } from './contact-name';

const SHOWN = 3;
const SHOWN_MORE = 100;

/** The next birthdays. */
export async function BirthdayStrip({
  birthdays,
  today,
}: {
  birthdays: readonly BirthdayDto[];
  today: DateTime;
}) {
  const t = await getTranslations('contacts.birthdays');
  const more = birthdays.slice(SHOWN, SHOWN + SHOWN_MORE);
  return (
    <section aria-labelledby="birthdays" className="rounded-md bg-wash px-4 py-3 touch:pb-1">
      <h2 id="birthdays" className="text-sm font-[620]">
        {t('heading')}
      </h2>
      <BirthdayList birthdays={birthdays.slice(0, SHOWN)} today={today} />
      {more.length === 0 ? null : (
        <details>
          <summary className="tap py-0.5 text-xs text-accent hover:underline">
            {t('more', { count: birthdays.length - SHOWN })}
          </summary>
          <BirthdayList birthdays={more} today={today} />
        </details>
      )}
    </section>
  );
}

async function BirthdayList({ birthdays, today }: { birthdays: readonly BirthdayDto[]; today: DateTime }) {
  const t = await getTranslations('contacts.birthdays');
  const format = await getFormatter();
  const dayLabel = (iso: string) => {
    if (iso === today.toISODate()) return t('today');
    if (iso === today.plus({ days: 1 }).toISODate()) return t('tomorrow');
    return format.dateTime(new Date(`${iso}T00:00:00Z`), { day: 'numeric', month: 'long', timeZone: 'UTC' });
  };
  return (
    <ul className="text-sm">
      {birthdays.map((contact) => (
        <li key={contact.id} className="flex flex-wrap items-baseline gap-x-2 py-0.5 touch:py-0">
          <a href={`/contacts/${contact.id}`} className="tap text-link max-w-full [overflow-wrap:anywhere]">
            <bdi>{contactName({ firstName: contact.first_name, lastName: contact.last_name })}</bdi>
          </a>
          <span className="text-xs text-muted">
            <time dateTime={contact.next_birthday}>{dayLabel(contact.next_birthday)}</time>
            {contact.turns > 0 ? `, ${t('turns', { age: contact.turns })}` : null}
          </span>
        </li>
      ))}
    </ul>
  );
}
