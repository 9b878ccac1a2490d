import { getTranslations } from 'next-intl/server';
import { momentValues } from '@/components/reading/moment';
import { getPageText } from '@/components/request/page-text';
import type { LocalMail } from '@/lib/mail/local';
import { splitLinks } from './split-links';

/** One mail as its recipient would read it without pictures and colours. */
export async function MailArticle({ mail, now }: { mail: LocalMail; now: Date }) {
  const t = await getTranslations('outbox');
  const sentAt = new Date(mail.sentAt);
  const titleId = `mail-${mail.id}`;
  return (
    <article aria-labelledby={titleId} className="border-b border-hair py-6">
      <h2 id={titleId} className="text-lg leading-snug font-semibold [overflow-wrap:anywhere]">
        {mail.subject}
      </h2>
      <ul className="dotted mt-1 flex flex-wrap text-xs text-muted">
        <li className="[overflow-wrap:anywhere]">
          <bdi>{t('to', { address: mail.to })}</bdi>
        </li>
        <li>{t.rich('at', momentValues(sentAt, now, await getPageText()))}</li>
      </ul>
      <div className="mt-4 max-w-measure whitespace-pre-wrap [overflow-wrap:anywhere]">
        {splitLinks(mail.text).map(({ start, text, isLink }) =>
          isLink ? (
            <a key={start} href={text} className="text-link">
              {text}
            </a>
          ) : (
            text
          ),
        )}
      </div>
    </article>
  );
}
