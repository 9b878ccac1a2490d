import { getTranslations } from 'next-intl/server';
import { fileLabels } from '@/components/reading/file-labels';
import { momentValues } from '@/components/reading/moment';
import { sizeLabel } from '@/components/reading/size-label';
import { getPageText } from '@/components/request/page-text';
import type { PageText } from '@/lib/core/i18n/page-text';
import { totalBytes } from '@/lib/pastes/large-reads';
import type { PasteRecord } from '@/lib/pastes/queries';
import type { RevisionRecord } from '@/lib/pastes/revision-queries';
import { compareFiles } from './file-changes';

const CHANGES_SHOWN = 4;

interface RevisionItemProps {
  paste: Pick<PasteRecord, 'slug' | 'isSecret'>;
  revision: RevisionRecord;
  /** The one before it; null if it is the first. */
  previous: RevisionRecord | null;
  isCurrent: boolean;
  now: Date;
}

/** One line of the history: when, how much, and what was changed. */
export async function RevisionItem({ paste, revision, previous, isCurrent, now }: RevisionItemProps) {
  const t = await getTranslations('history');
  const text = await getPageText();
  const bytes = totalBytes(revision.stored);
  return (
    <li className="relative border-b border-hair py-3.5 has-[a:hover]:bg-wash/60">
      <h2 className="flex flex-wrap items-baseline gap-x-2.5 text-base font-semibold">
        <a
          href={`/${paste.slug}/history?r=${revision.number}`}
          className="before:absolute before:inset-0 hover:text-accent"
        >
          {t('revision', { number: revision.number })}
        </a>
        {isCurrent ? <span className="text-xs font-medium text-accent">{t('current')}</span> : null}
      </h2>
      <ul className="dotted mt-0.5 flex flex-wrap text-xs text-muted touch:pointer-events-none">
        <li>{t.rich('saved', momentValues(revision.createdAt, now, text))}</li>
        <li>{sizeLabel(bytes, text)}</li>
        {revision.files.length > 1 ? (
          <li>{text.t('reading.files', { count: revision.files.length })}</li>
        ) : null}
        {changeWords({ revision, previous, isSecret: paste.isSecret, text }).map((words) => (
          <li key={words} className="max-w-full [overflow-wrap:anywhere]">
            <bdi>{words}</bdi>
          </li>
        ))}
      </ul>
    </li>
  );
}

interface ChangeOptions {
  revision: RevisionRecord;
  previous: RevisionRecord | null;
  isSecret: boolean;
  text: PageText;
}

function changeWords({ revision, previous, isSecret, text }: ChangeOptions): string[] {
  const { t } = text;
  if (previous === null) return [t('history.first')];
  if (isSecret) return [];
  const [labels, oldLabels] = [fileLabels(revision.files, text), fileLabels(previous.files, text)];
  const changes = compareFiles(previous.files, revision.files).filter(({ kind }) => kind !== 'same');
  if (changes.length === 0) return [t('history.unchanged')];
  const words = changes.slice(0, CHANGES_SHOWN).map(({ kind, before, after }) => {
    const old = before ? (oldLabels[previous.files.indexOf(before)] ?? '') : '';
    const name = after ? (labels[revision.files.indexOf(after)] ?? '') : old;
    return kind === 'renamed'
      ? t('history.renamed', { before: old, name })
      : t(`history.${kind as 'added'}`, { name });
  });
  const more = changes.length - words.length;
  return more > 0 ? [...words, t('history.filesMore', { count: more })] : words;
}
