import { getFormatter, getTranslations } from 'next-intl/server';
import type { PasteRecord } from '@/lib/pastes/queries';

/** Under the text: until when exactly it is here. */
export async function PasteEnd({ paste: { expiresAt } }: { paste: PasteRecord }) {
  const t = await getTranslations('reading');
  const format = await getFormatter();
  if (expiresAt === null) return <p className="gutter py-4 text-[13px] text-muted">{t('endKept')}</p>;
  const time = format.dateTime(expiresAt, { dateStyle: 'full', timeStyle: 'short', timeZone: 'UTC' });
  return (
    <p className="gutter py-4 text-[13px] text-muted">
      {t.rich('endGone', {
        time: `${time} UTC`,
        moment: (words) => (
          <time dateTime={expiresAt.toISOString()} data-exact="">
            {words}
          </time>
        ),
      })}
    </p>
  );
}
