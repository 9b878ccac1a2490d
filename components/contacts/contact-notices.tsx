import { getTranslations } from 'next-intl/server';
import { Notice } from '@/components/page/notice';
import type { Query } from '@/components/page/query';
import { findContact } from '@/lib/contacts/queries';
import { contactName } from './contact-name';
import { readContactDone } from './contact-query';
import { readDeleted } from './deleted-cookie';
import { UndoNotice } from './undo-notice';

interface ContactNoticesProps {
  ownerId: string;
  query: Query;
}

/** What was just done; a deletion can be undone for ten minutes. */
export async function ContactNotices({ ownerId, query }: ContactNoticesProps) {
  const t = await getTranslations('contacts');
  const done = readContactDone(query.done);
  const contact = done && (await findContact(ownerId, done.id));
  const deleted = await readDeleted(ownerId);
  return (
    <>
      {deleted === null ? null : <UndoNotice contact={deleted} />}
      {done && contact ? (
        <Notice name="done">
          {t.rich(`done.${done.done}`, {
            name: contactName(contact),
            contact: (words) => (
              <a href={`/contacts/${contact.id}`} className="text-link [overflow-wrap:anywhere]">
                <bdi>{words}</bdi>
              </a>
            ),
          })}
        </Notice>
      ) : null}
    </>
  );
}
