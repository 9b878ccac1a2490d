import { cn } from '@/components/ui/class-names';
import type { PageText } from '@/lib/core/i18n/page-text';
import type { LoadedFile } from './loaded-file';
import { isProse } from './prose';
import { ServedMarkup } from './served-markup';

const NOTE = 'gutter py-2 text-xs text-muted';

export function CodeView({ file, text: { t } }: { file: LoadedFile; text: PageText }) {
  if (file.bytes === 0)
    return <p className="gutter border-y border-hair bg-raised py-4 text-muted">{t('reading.empty')}</p>;
  return (
    <>
      <section
        id={`code-${file.number}`}
        aria-label={t('reading.textOf', { name: file.label })}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        dir="ltr"
        translate="no"
        className="code focus-visible:outline-offset-[-2px]"
        data-digits={String(file.lines).length}
        data-prose={isProse(file.language) ? '' : undefined}
      >
        <ServedMarkup token={file.markup} className="code-text" />
      </section>
      {file.isColoured ? null : <p className={NOTE}>{t('reading.plainRest')}</p>}
      {file.lateNote === null ? null : (
        <ServedMarkup token={file.lateNote} className={cn(NOTE, 'empty:hidden')} />
      )}
    </>
  );
}
