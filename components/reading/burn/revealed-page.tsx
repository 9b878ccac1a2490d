import { cookies } from 'next/headers';
import { getPageText } from '@/components/request/page-text';
import { cn } from '@/components/ui/class-names';
import { now } from '@/lib/core/clock';
import type { PageText } from '@/lib/core/i18n/page-text';
import { readsLeft } from '@/lib/pastes/policy';
import type { RevealedPaste } from '@/lib/pastes/reveal';
import { readViews, VIEWS_COOKIE } from '@/lib/text/rendering/remembered-views';
import { nameWarnings } from '@/lib/text/unicode/text-warnings';
import { FileIndex } from '../file-index';
import { FilePart } from '../file-part';
import { FileView } from '../file-view';
import type { LoadedFile } from '../loaded-file';
import { PasteHead } from '../paste-head';
import { doesWrapBy } from '../prose';
import { ReaderAids } from '../reader-aids';
import { CopyTextButton, WrapButton } from '../text-tools';
import { NameWarningNote } from '../text-warning-note';
import { readWrapChoice, WRAP_COOKIE } from '../wrap-choice';
import { DownloadForm } from './download-form';
import { loadRevealed } from './load-revealed';
import { ViewChoice } from './view-choice';

/** What was just revealed, complete in this one response. */
export async function RevealedPage({ revealed, nonce }: { revealed: RevealedPaste; nonce: string }) {
  const { paste, bodies } = revealed;
  const text = await getPageText();
  const { t } = text;
  const chosen = await cookies();
  const views = readViews(chosen.get(VIEWS_COOKIE)?.value);
  const files = await loadRevealed(paste.files, bodies, { text, views });
  const [only, second] = files;
  const isSingle = only !== undefined && second === undefined;
  const wrap = readWrapChoice(chosen.get(WRAP_COOKIE)?.value);
  return (
    <>
      <div role="status" className="gutter border-b border-hair bg-wash py-3 text-sm">
        <p className="font-[620]">{t('burning.left', { count: readsLeft(paste) ?? 0 })}</p>
        <p className="text-muted">{t('burning.keep')}</p>
      </div>
      <main id="main" data-wrap={wrap} className={cn('flex min-w-0 grow flex-col', isSingle && 'view-scope')}>
        <PasteHead paste={paste} now={now()} patch={isSingle ? only.patch : null} text={text} />
        <NameWarningNote names={nameWarnings(paste)} text={text} />
        <div className="no-print gutter paste-tools">
          {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields */}
          <div role="group" aria-label={t('reading.tools')} className="thumb-bar flex gap-1.5">
            <span className="needs-script max-sm:grow">
              <CopyTextButton isSingle={isSingle} text={text} />
            </span>
            <DownloadForm slug={paste.slug} nonce={nonce} label={t('reading.download')} />
            <WrapButton doesWrap={doesWrapBy(wrap, files)} className="needs-script" text={text} />
          </div>
          {isSingle ? <ViewChoice file={only} text={text} /> : null}
        </div>
        {isSingle ? (
          <FileView file={only} isChosenByField text={text} />
        ) : (
          <Parts files={files} text={text} />
        )}
      </main>
      <ReaderAids />
    </>
  );
}

function Parts({ files, text }: { files: readonly LoadedFile[]; text: PageText }) {
  return (
    <>
      <FileIndex files={files} text={text} />
      {files.map((file) => (
        <div key={file.number} className="view-scope">
          <FilePart
            file={file}
            viewSwitch={<ViewChoice file={file} text={text} />}
            raw={null}
            isChosenByField
            text={text}
          />
        </div>
      ))}
    </>
  );
}
