import { getTranslations } from 'next-intl/server';
import { ChangeCounts } from '@/components/reading/change-counts';
import { ServedMarkup } from '@/components/reading/served-markup';
import { getPageText } from '@/components/request/page-text';
import type { LoadedDiff } from './load-revision';

interface FileDiffProps {
  diff: LoadedDiff;
  slug: string;
  /** Of the two revisions. */
  numbers: { before: number; after: number };
  isSplit: boolean;
}

/** The changes of one file. */
export async function FileDiff({ diff, slug, numbers, isSplit }: FileDiffProps) {
  const t = await getTranslations('history');
  const text = await getPageText();
  const { change, label, oldLabel, result, markup } = diff;
  const isMoved = change.kind !== 'removed' && change.kind !== 'added' && label !== oldLabel;
  return (
    <section aria-label={t('changesOf', { name: label })} className="file-part">
      <div className="file-head gutter top-0">
        <h2 className="truncate font-mono text-code" title={label}>
          <bdi>{label}</bdi>
        </h2>
        <p className="ml-auto shrink-0 text-xs text-muted">
          {result && result.added + result.removed > 0 ? (
            <ChangeCounts added={result.added} removed={result.removed} text={text} />
          ) : null}
        </p>
      </div>
      {isMoved ? (
        <p className="gutter pb-2 text-xs text-muted [overflow-wrap:anywhere]">
          {t('renamed', { before: oldLabel, name: label })}
        </p>
      ) : null}
      {result === null ? (
        <p className="gutter border-y border-hair bg-raised py-4 text-muted">
          {t('tooMuch')}
          {[numbers.before, numbers.after].map((number) => (
            <a key={number} href={`/${slug}/history?r=${number}&view=text`} className="tap text-link ml-3">
              {t('textThen', { number })}
            </a>
          ))}
        </p>
      ) : null}
      {result?.breaksDiffer ? (
        <p className="gutter pb-2 text-xs text-muted">{t(markup === null ? 'onlyBreaks' : 'breaksDiffer')}</p>
      ) : null}
      {markup === null ? null : (
        <ServedMarkup token={markup} className={isSplit ? 'diff diff-split' : 'diff'} />
      )}
    </section>
  );
}
