import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { getOutboxOrThrow, isOutboxOpen } from '@/components/outbox/local-outbox';
import { MailArticle } from '@/components/outbox/mail-article';
import { notFoundMetadata } from '@/components/page/not-found-metadata';
import { guardPage } from '@/components/page/page-guard';
import { PageHeading } from '@/components/page/page-heading';
import { PageMain } from '@/components/page/page-main';
import { privateMetadata } from '@/components/page/page-metadata';
import { LocalTimes } from '@/components/reading/local-times';
import { setPageHeader } from '@/components/request/page-response';
import { now } from '@/lib/core/clock';
import { setting } from '@/lib/core/settings/stored-settings';

const SHOWN = 50;

export async function generateMetadata(): Promise<Metadata> {
  if (!(await isOutboxOpen())) return notFoundMetadata();
  return privateMetadata('outbox.heading')();
}

export default function OutboxPage() {
  return guardPage(async () => {
    const mails = await getOutboxOrThrow(SHOWN);
    setPageHeader('X-Robots-Tag', 'noindex');
    const at = now();
    const t = await getTranslations('outbox');
    return (
      <PageMain width="wide">
        <PageHeading>{t('heading')}</PageHeading>
        <p className="mt-1 max-w-measure text-muted">{t('description')}</p>
        {mails.length === 0 ? (
          <div className="mt-8 border-t border-hair pt-8">
            <p className="text-lg">{t('empty')}</p>
            <p className="mt-1 text-muted">{t('emptyHint', { instance: setting('instance_name') })}</p>
          </div>
        ) : (
          <div className="mt-6 border-t border-hair">
            {mails.map((mail) => (
              <MailArticle key={mail.id} mail={mail} now={at} />
            ))}
          </div>
        )}
        {mails.length === SHOWN ? (
          <p className="mt-4 text-xs text-muted">{t('latest', { count: SHOWN })}</p>
        ) : null}
        <LocalTimes />
      </PageMain>
    );
  });
}
