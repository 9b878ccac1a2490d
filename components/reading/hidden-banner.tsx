import { getTranslations } from 'next-intl/server';
import type { PasteRecord } from '@/lib/pastes/queries';

/** Says why nobody else sees this paste, to those who still do. */
export async function HiddenBanner({ paste, isOwn }: { paste: PasteRecord; isOwn: boolean }) {
  const t = await getTranslations('reading');
  return (
    <aside
      aria-label={t('hidden')}
      className="gutter border-b border-hair bg-danger-wash py-3 text-[14px] [overflow-wrap:anywhere]"
    >
      <p className="font-[620] text-danger">{t('hidden')}</p>
      <p className="mt-0.5">
        {t.rich('hiddenReason', {
          reason: paste.hiddenReason ?? '',
          quote: (words) => <bdi className="font-medium">{words}</bdi>,
        })}
      </p>
      <p className="mt-0.5 text-muted">{t(isOwn ? 'hiddenFromOthers' : 'hiddenFromMost')}</p>
    </aside>
  );
}
