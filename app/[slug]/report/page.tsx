import { getTranslations } from 'next-intl/server';
import { AuthPage } from '@/components/auth/auth-page';
import { guardPage } from '@/components/page/page-guard';
import { privateMetadata } from '@/components/page/page-metadata';
import type { SlugPageProps } from '@/components/page/page-props';
import { Statement } from '@/components/page/statement';
import { getPasteForPageOrThrow } from '@/components/reading/load/load-paste';
import { ReportForm } from '@/components/reports/report-form';
import { setPageHeader } from '@/components/request/page-response';
import { buttonVariants } from '@/components/ui/button-variants';
import { canReport } from '@/lib/pastes/policy';

export const generateMetadata = privateMetadata('reports.heading');

export default function ReportPage({ params, searchParams }: SlugPageProps) {
  return guardPage(async () => {
    const { slug } = await params;
    setPageHeader('X-Robots-Tag', 'noindex');
    const { paste, caller, now } = await getPasteForPageOrThrow(slug);
    const { sent } = await searchParams;
    const t = await getTranslations('reports');
    if (sent !== undefined || !canReport(caller, paste, now)) {
      const [title, detail] =
        sent === undefined ? [t('refused'), t('refusedExplain')] : [t('sent'), t('sentExplain')];
      return (
        <Statement title={title} detail={detail}>
          <a href={`/${paste.slug}`} className={buttonVariants()}>
            {t('back')}
          </a>
        </Statement>
      );
    }
    const back = (
      <a href={`/${paste.slug}`} className="tap text-link">
        {t('back')}
      </a>
    );
    return (
      <AuthPage heading={t('heading')} lead={t('lead')} others={back}>
        <ReportForm paste={paste} />
      </AuthPage>
    );
  });
}
