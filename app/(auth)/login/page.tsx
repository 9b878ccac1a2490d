import { getTranslations } from 'next-intl/server';
import { loginAction } from '@/components/auth/actions';
import { AuthPage } from '@/components/auth/auth-page';
import { guardAuthPage, leaveIfSignedIn } from '@/components/auth/guard-auth-page';
import { SubmitButton } from '@/components/auth/submit-button';
import { WhenError } from '@/components/auth/when-error';
import { Notice } from '@/components/page/notice';
import { privateMetadata } from '@/components/page/page-metadata';
import type { SearchPageProps } from '@/components/page/page-props';
import { PageForm } from '@/components/ui/page-form';
import { PasswordField } from '@/components/ui/password-field';
import { TextField } from '@/components/ui/text-field';
import { textLink } from '@/components/ui/text-link';
import { instanceRules } from '@/lib/core/instance-rules';
import { safeNextPath } from '@/lib/core/next-path';

export const generateMetadata = privateMetadata('auth.login.heading');

export default function LoginPage({ searchParams }: SearchPageProps) {
  return guardAuthPage(async () => {
    const { next, reset } = await searchParams;
    const destination = safeNextPath(next, '/me');
    await leaveIfSignedIn(destination);
    const t = await getTranslations('auth');
    return (
      <AuthPage
        heading={t('login.heading')}
        notice={reset === undefined ? null : <Notice name="reset">{t('login.reset')}</Notice>}
        others={
          <>
            <p>
              <a href="/forgot-password" className="tap text-link">
                {t('login.forgot')}
              </a>
            </p>
            {instanceRules().register === 'everyone' ? (
              <p>{t.rich('login.register', { link: textLink('/register') })}</p>
            ) : null}
          </>
        }
      >
        <PageForm action={loginAction} className="flex flex-col gap-4">
          <WhenError code="email_not_verified">
            <p className="text-sm">
              <a href="/verify-email" className="tap text-link">
                {t('login.resend')}
              </a>
            </p>
          </WhenError>
          <input type="hidden" name="next" value={destination} />
          <TextField
            name="login"
            label={t('login.login')}
            autoComplete="username"
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
            required
          />
          <PasswordField name="password" label={t('password.label')} autoComplete="current-password" />
          <SubmitButton label={t('login.submit')} />
        </PageForm>
      </AuthPage>
    );
  });
}
