import type { PageText } from '@/lib/core/i18n/page-text';

export function SiteFooter({ text: { t } }: { text: PageText }) {
  return (
    <footer className="no-print gutter mt-auto flex flex-wrap justify-between gap-x-8 gap-y-1 py-6 text-xs text-muted">
      <p>{t('site.footer')}</p>
      <p className="flex flex-wrap items-center gap-x-5 gap-y-1">
        <span>{t('site.promise')}</span>
        <a href="/docs" className="tap hover:text-ink hover:underline hover:underline-offset-3 touch:-my-3">
          {t('site.docs')}
        </a>
      </p>
    </footer>
  );
}
