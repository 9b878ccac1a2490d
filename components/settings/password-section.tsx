import { getTranslations } from 'next-intl/server';
import { UsernameHint } from '@/components/auth/username-hint';
import { buttonVariants } from '@/components/ui/button-variants';
import { CheckField } from '@/components/ui/check-field';
import { PageForm } from '@/components/ui/page-form';
import { PasswordField } from '@/components/ui/password-field';
import { MIN_PASSWORD_LENGTH } from '@/lib/accounts/passwords/schema';
import { changePasswordAction } from './account-actions';
import { SettingsSection } from './settings-section';

export async function PasswordSection({ username }: { username: string }) {
  const t = await getTranslations('settings.password');
  return (
    <SettingsSection id="password" heading={t('heading')} explain={t('explain')}>
      <PageForm
        action={changePasswordAction}
        aria-label={t('heading')}
        className="flex flex-col items-start gap-5 [&>div]:w-full"
      >
        <UsernameHint username={username} />
        <PasswordField name="current_password" label={t('current')} autoComplete="current-password" />
        <PasswordField
          name="new_password"
          label={t('new')}
          hint={t('newHint', { min: MIN_PASSWORD_LENGTH })}
          autoComplete="new-password"
          hasMeter
        />
        <PasswordField name="new_password_again" label={t('again')} autoComplete="new-password" />
        <CheckField name="end_tokens" label={t('endTokens')} hint={t('endTokensHint')} defaultChecked />
        <button type="submit" className={buttonVariants({ variant: 'primary' })}>
          {t('change')}
        </button>
      </PageForm>
    </SettingsSection>
  );
}
