import { getFormatter, getTranslations } from 'next-intl/server';
import { notesOf } from '@/lib/contacts/check-entries';
import type { ValidEntry } from '@/lib/contacts/import-entry';
import { contactName } from './contact-name';

const SHOWN = 10;
const CELL =
  'py-2 pr-4 text-left align-top [overflow-wrap:anywhere] max-sm:block max-sm:py-0 max-sm:empty:hidden';

const FIELDS = ['name', 'email', 'phone', 'birthday', 'info'] as const;
const WIDTHS = { name: 'w-[20%]', email: 'w-[28%]', phone: 'w-[19%]', birthday: 'w-[13%]', info: '' };

interface ImportPeopleProps {
  people: readonly ValidEntry[];
  /** Whether the order of day and month is still to be chosen. */
  isOrderOpen: boolean;
}

/** The first contacts of a file as they will be created. */
export async function ImportPeople({ people, isOrderOpen }: ImportPeopleProps) {
  if (people.length === 0) return null;
  const t = await getTranslations('contacts');
  const format = await getFormatter();
  const sayBirthday = (birthday: string | null | undefined) => {
    if (!birthday) return null;
    if (isOrderOpen) return <span className="text-muted">{t('import.orderOpen')}</span>;
    return format.dateTime(new Date(birthday), { dateStyle: 'medium', timeZone: 'UTC' });
  };
  return (
    <section aria-labelledby="people" className="mt-8">
      <h2 id="people" className="text-lg leading-snug font-[620]">
        {t('import.people.heading')}
      </h2>
      <p className="mt-1 text-sm text-muted">
        {t('import.people.explain', { count: people.length, more: Math.max(0, people.length - SHOWN) })}
      </p>
      <table className="mt-3 w-full table-fixed border-collapse text-sm max-sm:block">
        <thead className="max-sm:sr-only">
          <tr className="border-b border-hair text-xs text-muted">
            {FIELDS.map((field) => (
              <th key={field} scope="col" className={`${WIDTHS[field]} py-1.5 pr-4 text-left font-medium`}>
                {t(field === 'name' ? 'import.people.name' : `fields.${field}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="max-sm:block max-sm:border-t max-sm:border-hair">
          {people.slice(0, SHOWN).map((person, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the rows of a file have no other key
            <tr key={index} className="border-b border-hair max-sm:block max-sm:py-2.5">
              <th scope="row" className={`${CELL} font-semibold`}>
                <bdi>{contactName({ firstName: person.first_name, lastName: person.last_name ?? '' })}</bdi>
              </th>
              <td className={CELL}>{person.emails[0]}</td>
              <td className={CELL}>{person.phones[0]}</td>
              <td className={CELL}>{sayBirthday(person.birthday)}</td>
              <td className={`${CELL} text-xs text-muted`}>
                <Notes text={notesOf(person)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Notes({ text }: { text: string }) {
  if (text === '') return null;
  return <div className="line-clamp-4 whitespace-pre-line">{text}</div>;
}
