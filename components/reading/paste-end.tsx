import type { PageText } from '@/lib/core/i18n/page-text';
import type { PasteRecord } from '@/lib/pastes/queries';

interface PasteEndProps {
  paste: PasteRecord;
  text: PageText;
}

/** The exact expiry, and a link to report the paste, below the text. */
export function PasteEnd({ paste, text }: PasteEndProps) {
  return (
    <div className="gutter flex flex-wrap items-baseline justify-between gap-x-8 gap-y-1 py-4 text-xs text-muted">
      <Expiry paste={paste} text={text} />
      <ReportLink slug={paste.slug} text={text} />
    </div>
  );
}

/** The same for every reader: the page may be one that was made for another. */
export function ReportLink({ slug, text: { t } }: { slug: string; text: PageText }) {
  return (
    <a
      href={`/${slug}/report`}
      rel="nofollow"
      className="no-print tap hover:text-ink hover:underline hover:underline-offset-3 touch:-my-3"
    >
      {t('reading.report')}
    </a>
  );
}

function Expiry({ paste: { expiresAt }, text: { t, format } }: PasteEndProps) {
  if (expiresAt === null) return <p>{t('reading.endKept')}</p>;
  const time = format.dateTime(expiresAt, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });
  return (
    <p>
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
