import { getTranslations } from 'next-intl/server';
import { registerAction } from '@/components/auth/actions';
import { AuthPage } from '@/components/auth/auth-page';
import { guardAuthPage, leaveIfSignedIn } from '@/components/auth/guard-auth-page';
import { NewPasswordFields } from '@/components/auth/new-password-fields';
import { SubmitButton } from '@/components/auth/submit-button';
import { privateMetadata } from '@/components/page/page-metadata';
import type { SearchPageProps } from '@/components/page/page-props';
import { PageForm } from '@/components/ui/page-form';
import { TextField } from '@/components/ui/text-field';
import { textLink } from '@/components/ui/text-link';
import { invitedEmail, registrationRule } from '@/lib/accounts/invitations';
import { AppError } from '@/lib/core/errors';

export const generateMetadata = privateMetadata('auth.register.heading');

export default function RegisterPage({ searchParams }: SearchPageProps) {
  return guardAuthPage(async () => {
    await leaveIfSignedIn('/me');
    const { invitation } = await searchParams;
    const invited = typeof invitation === 'string' ? await invitedEmail(invitation) : null;
    const rule = registrationRule();
    if (rule === 'registration_closed' || (rule === 'invitation_required' && invited === null)) {
      throw new AppError(rule);
    }
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
            defaultValue={invited ?? undefined}
            readOnly={invited !== null}
            autoComplete="email"
            autoCapitalize="none"
            spellCheck={false}
            required
          />
          {invited === null ? null : <input type="hidden" name="invitation" value={invitation} />}
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
