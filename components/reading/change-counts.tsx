import type { PageText } from '@/lib/core/i18n/page-text';

interface ChangeCountsProps {
  added: number;
  removed: number;
  text: PageText;
}

/** How many lines were added and removed, read out in words. */
export function ChangeCounts({ added, removed, text: { t } }: ChangeCountsProps) {
  return (
    <>
      <span aria-hidden="true" className="font-mono text-xs whitespace-nowrap">
        {t('history.lineCounts', { added, removed })}
      </span>
      <span className="sr-only">{t('history.lineCountsLabel', { added, removed })}</span>
    </>
  );
}
