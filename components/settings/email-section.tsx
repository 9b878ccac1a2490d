import { getTranslations } from 'next-intl/server';
import { buttonVariants } from '@/components/ui/button-variants';
import { PageForm } from '@/components/ui/page-form';
import { PasswordField } from '@/components/ui/password-field';
import { TextField } from '@/components/ui/text-field';
import { displayEmail } from '@/lib/core/email-display';
import { changeEmailAction } from './account-actions';
import { SettingsSection } from './settings-section';

export async function EmailSection({ email }: { email: string }) {
  const t = await getTranslations('settings.email');
  return (
    <SettingsSection id="email" heading={t('heading')} explain={t('explain')}>
      <p className="text-sm text-muted">{t('current')}</p>
      <p className="mb-6 font-medium break-all">{displayEmail(email)}</p>
      <PageForm
        action={changeEmailAction}
        aria-label={t('heading')}
        className="flex flex-col items-start gap-5 [&>div]:w-full"
      >
        <TextField
          name="email"
          type="email"
          label={t('new')}
          hint={t('newHint')}
          autoComplete="email"
          required
        />
        <PasswordField name="password" label={t('password')} autoComplete="current-password" />
        <button type="submit" className={buttonVariants({ variant: 'primary' })}>
          {t('change')}
        </button>
      </PageForm>
    </SettingsSection>
  );
}
