import { getTranslations } from 'next-intl/server';
import { ChangeCounts } from '@/components/reading/change-counts';
import { CodeView } from '@/components/reading/code-view';
import { titleOf } from '@/components/reading/display';
import { momentValues } from '@/components/reading/moment';
import { ReaderAids } from '@/components/reading/reader-aids';
import { getPageText } from '@/components/request/page-text';
import { FileDiff } from './file-diff';
import type { DiffMode, LoadedDiff, LoadedRevision } from './load-revision';
import { RevisionTools } from './revision-tools';

interface RevisionViewProps {
  loaded: LoadedRevision;
  /** How this reader sees changes, unless the address says otherwise. */
  usual: DiffMode;
  now: Date;
}

/** One revision: what it changed, or its text. */
export async function RevisionView({ loaded, usual, now }: RevisionViewProps) {
  const t = await getTranslations('history');
  const { paste, revision, previous, mode, diffs, files } = loaded;
  const text = await getPageText();
  const title = titleOf(paste, text);
  const totals = totalsOf(diffs);
  return (
    <>
      <main id="main" className="flex min-w-0 grow flex-col">
        <header className="gutter pt-6 pb-4 max-sm:pt-5">
          <p className="mb-1 text-sm text-muted touch:-mt-3 [overflow-wrap:anywhere]">
            <a href={`/${paste.slug}`} className="tap text-link">
              <bdi>{title}</bdi>
            </a>
            {' · '}
            <a href={`/${paste.slug}/history`} className="tap text-link">
              {t('all')}
            </a>
          </p>
          <h1 className="text-xl leading-[1.25] font-[620] tracking-[-0.015em]">
            {t('revision', { number: revision.number })}
          </h1>
          <ul className="dotted mt-1.5 flex flex-wrap text-sm text-muted">
            {revision.number === paste.revision ? <li className="text-accent">{t('current')}</li> : null}
            <li>{t.rich('saved', momentValues(revision.createdAt, now, text))}</li>
            {previous && mode !== 'text' ? <li>{t('comparedWith', { number: previous.number })}</li> : null}
            {diffs.length > 0 ? (
              <li>
                {t('filesChanged', { count: diffs.length })}{' '}
                {totals === null ? null : <ChangeCounts {...totals} text={text} />}
              </li>
            ) : null}
          </ul>
        </header>
        <RevisionTools
          slug={paste.slug}
          number={revision.number}
          mode={mode}
          usual={usual}
          hasPrevious={previous !== null}
          isCurrent={revision.number === paste.revision}
        />
        {previous === null ? <p className="gutter pb-4 text-muted">{t('nothingBefore')}</p> : null}
        {mode !== 'text' && diffs.length === 0 ? (
          <p className="gutter border-y border-hair bg-raised py-4 text-muted">{t('sameText')}</p>
        ) : null}
        {previous
          ? diffs.map((diff, index) => (
              <FileDiff
                // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes
                key={index}
                diff={diff}
                slug={paste.slug}
                numbers={{ before: previous.number, after: revision.number }}
                isSplit={mode === 'split'}
              />
            ))
          : null}
        {files.map((file) => (
          <section key={file.number} aria-labelledby={`file-${file.number}`} className="file-part">
            <div className="file-head gutter top-0">
              <h2 id={`file-${file.number}`} className="truncate font-mono text-code" title={file.label}>
                <bdi>{file.label}</bdi>
              </h2>
            </div>
            <CodeView file={file} text={text} />
          </section>
        ))}
      </main>
      <ReaderAids />
    </>
  );
}

/** Null where too much of a file has changed to be counted. */
function totalsOf(diffs: readonly LoadedDiff[]): { added: number; removed: number } | null {
  const totals = { added: 0, removed: 0 };
  for (const { result } of diffs) {
    if (result === null) return null;
    totals.added += result.added;
    totals.removed += result.removed;
  }
  return totals;
}
