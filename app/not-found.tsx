import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Statement } from '@/components/layout/statement';
import { buttonVariants } from '@/components/ui/button-variants';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('notFound');
  return { title: t('title'), robots: { index: false } };
}

export default async function NotFound() {
  const t = await getTranslations('notFound');
  return (
    <Statement title={t('title')} detail={t('detail')}>
      <a href="/" className={buttonVariants({ variant: 'primary', size: 'lg' })}>
        {t('action')}
      </a>
    </Statement>
  );
}
