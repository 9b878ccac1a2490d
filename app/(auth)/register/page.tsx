import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { registerAction } from '@/components/auth/actions';
import { authMetadata } from '@/components/auth/auth-metadata';
import { AuthPage } from '@/components/auth/auth-page';
import { guardAuthPage, leaveIfSignedIn } from '@/components/auth/guard-auth-page';
import { NewPasswordFields } from '@/components/auth/new-password-fields';
import { SubmitButton } from '@/components/auth/submit-button';
import { PageForm } from '@/components/ui/page-form';
import { TextField } from '@/components/ui/text-field';
import { textLink } from '@/components/ui/text-link';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('auth');
  return authMetadata(t('register.heading'));
}

export default function RegisterPage() {
  return guardAuthPage(async () => {
    await leaveIfSignedIn('/me');
    const t = await getTranslations('auth');
    return (
      <AuthPage
        heading={t('register.heading')}
        lead={t('register.lead')}
        others={<p>{t.rich('register.login', { link: textLink('/login') })}</p>}
      >
        <PageForm action={registerAction} className="flex flex-col gap-4">
          <TextField
            name="email"
            type="email"
            label={t('email')}
            autoComplete="email"
            autoCapitalize="none"
            spellCheck={false}
            required
          />
          <TextField
            name="username"
            label={t('username')}
            hint={t('register.usernameHint')}
            autoComplete="username"
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
            required
          />
          <NewPasswordFields label={t('password.label')} />
          <SubmitButton label={t('register.submit')} />
        </PageForm>
      </AuthPage>
    );
  });
}
