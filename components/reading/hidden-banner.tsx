import type { PageText } from '@/lib/core/i18n/page-text';
import type { PasteRecord } from '@/lib/pastes/queries';

interface HiddenBannerProps {
  paste: PasteRecord;
  isOwn: boolean;
  text: PageText;
}

/** Tells the owner and moderators why this paste is hidden from others. */
export function HiddenBanner({ paste, isOwn, text: { t } }: HiddenBannerProps) {
  return (
    <aside
      aria-label={t('reading.hidden')}
      className="gutter border-b border-hair bg-danger-wash py-3 text-sm [overflow-wrap:anywhere]"
    >
      <p className="font-[620] text-danger">{t('reading.hidden')}</p>
      <p className="mt-0.5">
        {t.rich('reading.hiddenReason', {
          reason: paste.hiddenReason ?? '',
          quote: (words) => <bdi className="font-medium">{words}</bdi>,
        })}
      </p>
      <p className="mt-0.5 text-muted">{t(isOwn ? 'reading.hiddenFromOthers' : 'reading.hiddenFromMost')}</p>
    </aside>
  );
}
