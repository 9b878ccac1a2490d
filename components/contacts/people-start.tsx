import { DateTime } from 'luxon';
import { cookies } from 'next/headers';
import { findDuplicates } from '@/lib/contacts/duplicates';
import { type ContactPage, listBirthdays } from '@/lib/contacts/queries';
import { birthdaysSchema, type ListContacts } from '@/lib/contacts/schema';
import { now } from '@/lib/core/clock';
import { BirthdayStrip } from './birthday-strip';
import { DuplicateStrip } from './duplicate-strip';
import { PeopleList } from './people-list';
import { ZONE_COOKIE } from './zone-cookie';

const DAYS = 30;
const DUPLICATES_SHOWN = 3;

interface PeopleStartProps {
  ownerId: string;
  filter: ListContacts;
  page: ContactPage;
}

/** The list as it begins, with what deserves a look above it. */
export async function PeopleStart({ ownerId, filter, page }: PeopleStartProps) {
  const at = now();
  const tz = birthdaysSchema.shape.tz.safeParse((await cookies()).get(ZONE_COOKIE)?.value).data ?? 'UTC';
  const [birthdays, duplicates] = await Promise.all([
    listBirthdays(ownerId, { days: DAYS, tz }, at),
    findDuplicates(ownerId, { limit: DUPLICATES_SHOWN }),
  ]);
  return (
    <>
      {birthdays.length + duplicates.groups.length === 0 ? null : (
        <div className="mt-5 grid auto-cols-fr gap-3 sm:grid-flow-col">
          {birthdays.length === 0 ? null : (
            <BirthdayStrip birthdays={birthdays} today={DateTime.fromJSDate(at, { zone: tz })} />
          )}
          {duplicates.groups.length === 0 ? null : <DuplicateStrip duplicates={duplicates} />}
        </div>
      )}
      <PeopleList filter={filter} page={page} />
    </>
  );
}
