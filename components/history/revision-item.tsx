import { getTranslations } from 'next-intl/server';
import { momentLabels, sizeLabel } from '@/components/reading/display';
import { fileLabels } from '@/components/reading/file-labels';
import type { RevisionRecord } from '@/lib/pastes/queries';
import { compareFiles } from './file-changes';

const CHANGES_SHOWN = 4;

interface RevisionItemProps {
  slug: string;
  revision: RevisionRecord;
  /** The one before it; null if it is the first. */
  previous: RevisionRecord | null;
  isCurrent: boolean;
  now: Date;
}

/** One line of the history: when, how much, and what was changed. */
export async function RevisionItem({ slug, revision, previous, isCurrent, now }: RevisionItemProps) {
  const t = await getTranslations('history');
  const reading = await getTranslations('reading');
  const { relative, exact } = await momentLabels(revision.createdAt, now);
  const bytes = revision.files.reduce((sum, file) => sum + file.bytes, 0);
  return (
    <li className="relative border-b border-hair py-3.5 has-[a:hover]:bg-wash/60">
      <h2 className="flex flex-wrap items-baseline gap-x-2.5 text-[15.5px] font-semibold">
        <a
          href={`/${slug}/history?r=${revision.number}`}
          className="before:absolute before:inset-0 hover:text-accent"
        >
          {t('revision', { number: revision.number })}
        </a>
        {isCurrent ? <span className="text-[13px] font-medium text-accent">{t('current')}</span> : null}
      </h2>
      <ul className="dotted mt-0.5 flex flex-wrap text-[13.5px] text-muted">
        <li>
          {t.rich('saved', {
            when: relative,
            moment: (words) => (
              <time dateTime={revision.createdAt.toISOString()} title={exact}>
                {words}
              </time>
            ),
          })}
        </li>
        <li>{await sizeLabel(bytes)}</li>
        {revision.files.length > 1 ? <li>{reading('files', { count: revision.files.length })}</li> : null}
        {(await changeWords(revision, previous)).map((words) => (
          <li key={words} className="max-w-full [overflow-wrap:anywhere]">
            <bdi>{words}</bdi>
          </li>
        ))}
      </ul>
    </li>
  );
}

async function changeWords(revision: RevisionRecord, previous: RevisionRecord | null): Promise<string[]> {
  const t = await getTranslations('history');
  if (previous === null) return [t('first')];
  const [labels, oldLabels] = await Promise.all([fileLabels(revision.files), fileLabels(previous.files)]);
  const changes = compareFiles(previous.files, revision.files).filter(({ kind }) => kind !== 'same');
  if (changes.length === 0) return [t('unchanged')];
  const words = changes.slice(0, CHANGES_SHOWN).map(({ kind, before, after }) => {
    const old = before ? (oldLabels[previous.files.indexOf(before)] ?? '') : '';
    const name = after ? (labels[revision.files.indexOf(after)] ?? '') : old;
    return kind === 'renamed' ? t('renamed', { before: old, name }) : t(kind as 'added', { name });
  });
  const more = changes.length - words.length;
  return more > 0 ? [...words, t('filesMore', { count: more })] : words;
}
