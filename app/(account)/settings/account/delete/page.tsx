import { getTranslations } from 'next-intl/server';
import { guardMemberPage } from '@/components/page/page-guard';
import { PageHeading } from '@/components/page/page-heading';
import { PageMain } from '@/components/page/page-main';
import { privateMetadata } from '@/components/page/page-metadata';
import { deleteAccountAction } from '@/components/settings/account-actions';
import { buttonVariants } from '@/components/ui/button-variants';
import { PageForm } from '@/components/ui/page-form';
import { PasswordField } from '@/components/ui/password-field';
import { textLink } from '@/components/ui/text-link';

export const generateMetadata = privateMetadata('settings.delete.ask');

/** The question before the end; a page of its own, so that a wrong password can be said without a script. */
export default function DeleteAccountPage() {
  return guardMemberPage('member', async ({ user }) => {
    const t = await getTranslations('settings.delete');
    return (
      <PageMain width="column">
        <PageHeading>{t('ask')}</PageHeading>
        <p className="mt-3 text-lg text-muted">{t('consequence', { username: user.username })}</p>
        <p className="mt-3 text-lg text-muted">
          {t.rich('exportFirst', { link: textLink('/settings/export') })}
        </p>
        <PageForm action={deleteAccountAction} aria-label={t('ask')} className="mt-7 flex flex-col gap-5">
          <PasswordField name="password" label={t('password')} autoComplete="current-password" />
          <div className="flex flex-wrap items-center gap-3">
            <button type="submit" className={buttonVariants({ variant: 'danger-solid', size: 'lg' })}>
              {t('confirm')}
            </button>
            <a href="/settings/account" className={buttonVariants({ variant: 'quiet', size: 'lg' })}>
              {t('keep')}
            </a>
          </div>
        </PageForm>
      </PageMain>
    );
  });
}
