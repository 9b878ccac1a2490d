import { getFormatter, getTranslations } from 'next-intl/server';
import { Notice } from '@/components/page/notice';
import { findContact } from '@/lib/contacts/queries';
import { readDeleted } from './deleted-cookie';
import { type ImportedCounts, readImported, readLines, readPersonDone } from './people-query';
import { personName } from './person-name';
import { UndoNotice } from './undo-notice';

interface PeopleNoticesProps {
  ownerId: string;
  query: Record<string, string | string[] | undefined>;
}

/** What has just been done; a deletion stays to be undone for a while. */
export async function PeopleNotices({ ownerId, query }: PeopleNoticesProps) {
  const t = await getTranslations('people');
  const imported = readImported(query.imported);
  const format = await getFormatter();
  const sayLines = (key: 'leftLines' | 'shortenedLines', lines: readonly number[]) =>
    lines.length === 0 ? '' : t(key, { count: lines.length, lines: format.list(lines.map(String)) });
  const sayImported = (counts: ImportedCounts) =>
    [
      t('imported', { ...counts }),
      sayLines('leftLines', readLines(query.left)),
      sayLines('shortenedLines', readLines(query.shortened)),
    ]
      .filter((sentence) => sentence !== '')
      .join(' ');
  const done = readPersonDone(query.done);
  const person = done && (await findContact(ownerId, done.id));
  const deleted = await readDeleted(ownerId);
  return (
    <>
      {deleted === null ? null : <UndoNotice person={deleted} />}
      {imported === null ? null : <Notice name="imported">{sayImported(imported)}</Notice>}
      {done && person ? (
        <Notice name="done">
          {t.rich(`done.${done.done}`, {
            name: personName(person),
            person: (words) => (
              <a href={`/people/${person.id}`} className="text-link [overflow-wrap:anywhere]">
                <bdi>{words}</bdi>
              </a>
            ),
          })}
        </Notice>
      ) : null}
    </>
  );
}
