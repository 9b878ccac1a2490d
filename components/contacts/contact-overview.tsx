import { DateTime } from 'luxon';
import { cookies } from 'next/headers';
import { findDuplicates } from '@/lib/contacts/duplicates';
import { type ContactPage, listBirthdays } from '@/lib/contacts/queries';
import { birthdaysSchema, type ListContacts } from '@/lib/contacts/schema';
import { now } from '@/lib/core/clock';
import { BirthdayStrip } from './birthday-strip';
import { ContactList } from './contact-list';
import { DuplicateStrip } from './duplicate-strip';
import { TIME_ZONE_COOKIE } from './time-zone-cookie';

const DAYS = 30;
const DUPLICATES_SHOWN = 3;

interface ContactOverviewProps {
  ownerId: string;
  filter: ListContacts;
  page: ContactPage;
}

/** The first page of the list, with birthdays and possible duplicates above it. */
export async function ContactOverview({ ownerId, filter, page }: ContactOverviewProps) {
  const at = now();
  const tz = birthdaysSchema.shape.tz.safeParse((await cookies()).get(TIME_ZONE_COOKIE)?.value).data ?? 'UTC';
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
      <ContactList filter={filter} page={page} />
    </>
  );
}
