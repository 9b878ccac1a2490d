import type { PageText } from '@/lib/core/i18n/page-text';

/** Tells the owner why no list shows this public paste. */
export function AwaitingBanner({ text: { t } }: { text: PageText }) {
  return (
    <aside aria-label={t('reading.awaiting')} className="gutter border-b border-hair bg-wash py-3 text-sm">
      <p className="font-[620]">{t('reading.awaiting')}</p>
      <p className="mt-0.5 text-muted">{t('reading.awaitingExplain')}</p>
    </aside>
  );
}
