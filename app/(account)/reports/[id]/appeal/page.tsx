import { getTranslations } from 'next-intl/server';
import { readId } from '@/components/actions/action-arguments';
import { AuthPage } from '@/components/auth/auth-page';
import { SubmitButton } from '@/components/auth/submit-button';
import { guardMemberPage } from '@/components/page/page-guard';
import { privateMetadata } from '@/components/page/page-metadata';
import { Statement } from '@/components/page/statement';
import { appealAction } from '@/components/reports/actions';
import { buttonVariants } from '@/components/ui/button-variants';
import { PageForm } from '@/components/ui/page-form';
import { TextAreaField } from '@/components/ui/text-area-field';
import { AppError } from '@/lib/core/errors';
import { findAppealable } from '@/lib/reports/appeal';
import { MAX_DETAILS_LENGTH } from '@/lib/reports/schema';

export const generateMetadata = privateMetadata('reports.appeal.heading');

export default function AppealPage({ params }: { params: Promise<{ id: string }> }) {
  return guardMemberPage('member', async (caller) => {
    const id = readId((await params).id);
    const found = await findAppealable(id, caller);
    if (!found) throw new AppError('not_found');
    const t = await getTranslations('reports');
    if (found.appeal !== null) {
      return (
        <Statement title={t('appeal.sent')} detail={t('appeal.sentExplain')}>
          <a href="/me" className={buttonVariants()}>
            {t('appeal.back')}
          </a>
        </Statement>
      );
    }
    return (
      <AuthPage heading={t('appeal.heading')} lead={t(`appeal.${found.decision}`, { slug: found.slug })}>
        <PageForm action={appealAction.bind(null, id)} className="flex flex-col gap-5">
          <TextAreaField
            name="text"
            label={t('appeal.text')}
            hint={t('appeal.hint')}
            rows={8}
            maxLength={MAX_DETAILS_LENGTH}
            required
          />
          {found.decision === 'deleted' ? (
            <p className="text-sm text-muted">{t('appeal.deletedNote')}</p>
          ) : null}
          <SubmitButton label={t('appeal.send')} />
        </PageForm>
      </AuthPage>
    );
  });
}
