import { getTranslations } from 'next-intl/server';

export async function SiteFooter() {
  const t = await getTranslations('site');
  return (
    <footer className="no-print gutter mt-auto flex flex-wrap justify-between gap-x-8 gap-y-1 py-6 text-[13px] text-muted">
      <p>{t('footer')}</p>
      <p>{t('promise')}</p>
    </footer>
  );
}
