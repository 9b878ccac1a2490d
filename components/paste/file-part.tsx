import { getTranslations } from 'next-intl/server';
import { buttonVariants } from '@/components/ui/button-variants';
import { CopyButton } from '@/components/ui/copy-button';
import { CodeView } from './code-view';
import { fileLabel, languageLabel, sizeLabel } from './display';
import type { LoadedFile } from './loaded-file';

/** One of several files: its name, its own tools, its text. */
export async function FilePart({ slug, file }: { slug: string; file: LoadedFile }) {
  const t = await getTranslations('reading');
  const label = await fileLabel(file.name, file.number);
  const raw = `/${slug}/raw/${file.number}`;
  const quiet = buttonVariants({ variant: 'quiet', size: 'sm' });
  return (
    <section aria-labelledby={`file-${file.number}`} className="mt-5 [nav+&]:mt-0">
      <div className="gutter flex flex-wrap items-center gap-x-3 py-1">
        <h2 id={`file-${file.number}`} className="font-mono text-[13.5px] [overflow-wrap:anywhere]">
          <bdi>{label}</bdi>
        </h2>
        <ul className="dotted flex flex-wrap text-[13px] text-muted">
          <li>{await languageLabel(file.language)}</li>
          <li>{await sizeLabel(file.bytes)}</li>
          <li>{t('lines', { count: file.lines })}</li>
        </ul>
        <div className="no-print -mr-2 ml-auto flex">
          <form action={raw} className="needs-script">
            <CopyButton
              label={t('copy')}
              copied={t('copied')}
              failed={t('notCopied')}
              accessibleName={t('copyFile', { name: label })}
              from={`#code-${file.number} .code-text`}
              className={quiet}
            />
          </form>
          <a href={raw} aria-label={t('rawOf', { name: label })} className={quiet}>
            {t('raw')}
          </a>
        </div>
      </div>
      <CodeView file={file} label={label} />
    </section>
  );
}
