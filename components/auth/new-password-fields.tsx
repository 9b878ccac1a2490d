import { getTranslations } from 'next-intl/server';
import { PasswordField } from '@/components/ui/password-field';
import { MIN_PASSWORD_LENGTH } from '@/lib/accounts/passwords/schema';

/** A password to be chosen, and once more against slips. */
export async function NewPasswordFields({ label }: { label: string }) {
  const t = await getTranslations('auth.password');
  return (
    <>
      <PasswordField
        name="password"
        label={label}
        autoComplete="new-password"
        hint={t('hint', { min: MIN_PASSWORD_LENGTH })}
        hasMeter
      />
      <PasswordField name="password_again" label={t('again')} autoComplete="new-password" />
    </>
  );
}
