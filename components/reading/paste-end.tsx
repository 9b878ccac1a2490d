import type { PageText } from '@/lib/core/i18n/page-text';
import type { PasteRecord } from '@/lib/pastes/queries';

interface PasteEndProps {
  paste: PasteRecord;
  text: PageText;
}

/** The exact expiry, below the text. */
export function PasteEnd({ paste: { expiresAt }, text: { t, format } }: PasteEndProps) {
  if (expiresAt === null) return <p className="gutter py-4 text-xs text-muted">{t('reading.endKept')}</p>;
  const time = format.dateTime(expiresAt, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });
  return (
    <p className="gutter py-4 text-xs text-muted">
      {t.rich('reading.endGone', {
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
