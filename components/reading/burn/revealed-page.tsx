import { getPageText } from '@/components/request/page-text';
import { buttonVariants } from '@/components/ui/button-variants';
import { CopyButton } from '@/components/ui/copy-button';
import type { RevealedPaste } from '@/lib/pastes/reveal';
import { nameWarnings } from '@/lib/text/unicode/text-warnings';
import { isProse, languageLabel, sizeLabel, titleOf } from '../display';
import { FileView } from '../file-view';
import { ReaderAids } from '../reader-aids';
import { NameWarningNote } from '../text-warning-note';
import { DownloadForm } from './download-form';
import { loadRevealed } from './load-revealed';

/** What was just revealed, complete in this one response. */
export async function RevealedPage({ revealed, nonce }: { revealed: RevealedPaste; nonce: string }) {
  const { paste, bodies } = revealed;
  const text = await getPageText();
  const { t } = text;
  const files = await loadRevealed(paste.files, bodies, text);
  const left = Math.max(0, (paste.burnAfter ?? 0) - paste.reads);
  const isProseOnly = files.every(({ language }) => isProse(language));
  const words = { copied: t('reading.copied'), failed: t('reading.notCopied') };
  return (
    <>
      <div role="status" className="gutter border-b border-hair bg-wash py-3 text-sm">
        <p className="font-[620]">{t('burning.left', { count: left })}</p>
        <p className="text-muted">{t('burning.keep')}</p>
      </div>
      <main id="main" data-wrap={isProseOnly ? 'on' : undefined} className="flex min-w-0 grow flex-col">
        <header className="gutter pt-6 pb-4 max-sm:pt-5">
          <h1 className="text-xl leading-[1.25] font-[620] tracking-[-0.015em] [overflow-wrap:anywhere]">
            <bdi>{titleOf(paste, text)}</bdi>
          </h1>
        </header>
        <NameWarningNote names={nameWarnings(paste)} text={text} />
        <div className="no-print gutter flex flex-wrap gap-1.5 pb-4">
          <span className="needs-script">
            <CopyButton
              label={t(files.length === 1 ? 'reading.copy' : 'reading.copyAll')}
              {...words}
              from=".code-text"
              shortcut="c"
              className={buttonVariants({ variant: 'primary' })}
            />
          </span>
          <DownloadForm slug={paste.slug} nonce={nonce} label={t('reading.download')} />
        </div>
        {files.map((file) => (
          <section key={file.number} id={`file-${file.number}`} aria-label={file.label}>
            <p className="gutter pb-2 text-xs text-muted">
              <bdi className="font-mono text-ink">{file.label}</bdi> · {languageLabel(file.language, text)} ·{' '}
              {sizeLabel(file.bytes, text)} · {t('reading.lines', { count: file.lines })}
            </p>
            <FileView file={file} text={text} />
          </section>
        ))}
      </main>
      <ReaderAids />
    </>
  );
}
