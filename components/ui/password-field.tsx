import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { MIN_PASSWORD_LENGTH } from '@/lib/accounts/passwords/schema';
import { PasswordInput } from './password-input';

export interface PasswordFieldProps {
  name: string;
  label: string;
  autoComplete: 'current-password' | 'new-password';
  hint?: ReactNode;
  /** For a password that is being chosen: shows how easily it would be guessed. */
  hasMeter?: boolean;
}

/** A password to fill in, for a `ServerForm`; a script can reveal it. Renders on the server. */
export async function PasswordField({ hasMeter = false, ...field }: PasswordFieldProps) {
  const t = await getTranslations('auth.password');
  const levels = [t('short'), t('weak'), t('fair'), t('good'), t('strong')] as const;
  return (
    <PasswordInput
      {...field}
      words={{ show: t('show'), hide: t('hide'), showName: t('showName'), hideName: t('hideName') }}
      meter={hasMeter ? { levels, minLength: MIN_PASSWORD_LENGTH } : null}
    />
  );
}
