import type { ReactNode } from 'react';
import { buttonVariants } from '@/components/ui/button-variants';
import { CopyButton } from '@/components/ui/copy-button';
import type { PageText } from '@/lib/core/i18n/page-text';
import { ChangeCounts } from './change-counts';
import { languageLabel } from './display';
import { FileView } from './file-view';
import type { LoadedFile } from './loaded-file';
import { sizeLabel } from './size-label';

interface FilePartProps {
  file: LoadedFile;
  viewSwitch: ReactNode;
  /** The path of its raw text; null if it has none. */
  raw: string | null;
  /** See `FileView`. */
  isChosenByField?: boolean | undefined;
  text: PageText;
}

/** One of several files: its name, its tools and its text. */
export function FilePart({ file, viewSwitch, raw, isChosenByField, text }: FilePartProps) {
  const { t } = text;
  const { label } = file;
  const quiet = buttonVariants({ variant: 'quiet', size: 'sm' });
  const copy = (
    <CopyButton
      label={t('reading.copy')}
      copied={t('reading.copied')}
      failed={t('reading.notCopied')}
      accessibleName={t('reading.copyFile', { name: label })}
      from={`#code-${file.number} .code-text`}
      className={quiet}
    />
  );
  return (
    <section id={`file-${file.number}`} aria-labelledby={`name-${file.number}`} className="file-part">
      <div className="file-head gutter">
        <h2 id={`name-${file.number}`} className="truncate font-mono text-code" title={label}>
          <bdi>{label}</bdi>
        </h2>
        <ul className="dotted flex shrink-0 text-xs whitespace-nowrap text-muted max-md:hidden">
          <li>{languageLabel(file.language, text)}</li>
          <li>{sizeLabel(file.bytes, text)}</li>
          <li>{t('reading.lines', { count: file.lines })}</li>
          {file.patch ? (
            <li>
              <ChangeCounts {...file.patch} text={text} />
            </li>
          ) : null}
        </ul>
        <div className="no-print -mr-2 ml-auto flex shrink-0 items-center gap-1 max-sm:shrink max-sm:flex-wrap">
          {viewSwitch}
          {raw === null ? (
            <span className="needs-script">{copy}</span>
          ) : (
            <>
              <form action={raw} className="needs-script">
                {copy}
              </form>
              <a
                href={raw}
                aria-label={t('reading.rawOf', { name: label })}
                className={`${quiet} max-sm:hidden`}
              >
                {t('reading.raw')}
              </a>
            </>
          )}
        </div>
      </div>
      <FileView file={file} isChosenByField={isChosenByField} text={text} />
    </section>
  );
}
