import { getTranslations } from 'next-intl/server';
import { forgotPasswordAction, resetPasswordAction } from '@/components/auth/actions';
import { AuthPage } from '@/components/auth/auth-page';
import { guardAuthPage } from '@/components/auth/guard-auth-page';
import { LoginLink } from '@/components/auth/login-link';
import { MailRequestForm } from '@/components/auth/mail-request-form';
import { readMailedLink } from '@/components/auth/mailed-link';
import { NewPasswordFields } from '@/components/auth/new-password-fields';
import { TokenForm } from '@/components/auth/token-form';
import { UsernameHint } from '@/components/auth/username-hint';
import { privateMetadata } from '@/components/page/page-metadata';
import type { SearchPageProps } from '@/components/page/page-props';
import { setPageStatus } from '@/components/request/page-response';

export const generateMetadata = privateMetadata('auth.reset.heading');

export default function ResetPasswordPage({ searchParams }: SearchPageProps) {
  return guardAuthPage(async () => {
    const t = await getTranslations('auth');
    const { link, token } = await readMailedLink((await searchParams).token, 'reset');
    if (!link) {
      setPageStatus(400);
      return (
        <AuthPage heading={t('spentHeading')} lead={t('spentLead')} others={<LoginLink />}>
          <MailRequestForm action={forgotPasswordAction} submit={t('anotherLink')} />
        </AuthPage>
      );
    }
    return (
      <AuthPage
        heading={t('reset.heading')}
        lead={t.rich('reset.whose', {
          username: link.username,
          strong: (words) => <strong className="font-medium text-ink">{words}</strong>,
        })}
      >
        <TokenForm
          action={resetPasswordAction}
          token={token}
          submit={t('reset.submit')}
          another={{ href: '/forgot-password', words: t('anotherLink') }}
        >
          <UsernameHint username={link.username} />
          <NewPasswordFields label={t('reset.password')} />
        </TokenForm>
      </AuthPage>
    );
  });
}
