import { buttonVariants } from '@/components/ui/button-variants';
import { CopyButton } from '@/components/ui/copy-button';
import type { PageText } from '@/lib/core/i18n/page-text';
import { languageLabel, sizeLabel } from './display';
import { FileView } from './file-view';
import type { LoadedFile } from './loaded-file';
import { ViewSwitch } from './view-switch';

interface FilePartProps {
  slug: string;
  file: LoadedFile;
  text: PageText;
}

/** One of several files: its name, its tools and its text. */
export function FilePart({ slug, file, text }: FilePartProps) {
  const { t } = text;
  const { label } = file;
  const raw = `/${slug}/raw/${file.number}`;
  const quiet = buttonVariants({ variant: 'quiet', size: 'sm' });
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
        </ul>
        <div className="no-print -mr-2 ml-auto flex shrink-0 items-center gap-1 max-sm:shrink max-sm:flex-wrap">
          <ViewSwitch slug={slug} file={file} isSingle={false} text={text} />
          <form action={raw} className="needs-script">
            <CopyButton
              label={t('reading.copy')}
              copied={t('reading.copied')}
              failed={t('reading.notCopied')}
              accessibleName={t('reading.copyFile', { name: label })}
              from={`#code-${file.number} .code-text`}
              className={quiet}
            />
          </form>
          <a href={raw} aria-label={t('reading.rawOf', { name: label })} className={`${quiet} max-sm:hidden`}>
            {t('reading.raw')}
          </a>
        </div>
      </div>
      <FileView file={file} text={text} />
    </section>
  );
}
