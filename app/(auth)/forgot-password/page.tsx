import { getTranslations } from 'next-intl/server';
import { forgotPasswordAction } from '@/components/auth/actions';
import { AuthPage } from '@/components/auth/auth-page';
import { guardAuthPage } from '@/components/auth/guard-auth-page';
import { LoginLink } from '@/components/auth/login-link';
import { MailRequestForm } from '@/components/auth/mail-request-form';
import { privateMetadata } from '@/components/page/page-metadata';

export const generateMetadata = privateMetadata('auth.forgot.heading');

export default function ForgotPasswordPage() {
  return guardAuthPage(async () => {
    const t = await getTranslations('auth');
    return (
      <AuthPage heading={t('forgot.heading')} lead={t('forgot.lead')} others={<LoginLink />}>
        <MailRequestForm action={forgotPasswordAction} submit={t('forgot.submit')} />
      </AuthPage>
    );
  });
}
