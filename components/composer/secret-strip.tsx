import { useTranslations } from 'next-intl';
import { PasswordInput } from '@/components/ui/password-input';

export interface SecretStripProps {
  /** Called with what is typed as the password; null where there is none to choose. */
  onPassword: ((typed: string) => void) | null;
  minPassword: number;
}

/** What it means that the paste is secret, and its password. */
export function SecretStrip({ onPassword, minPassword }: SecretStripProps) {
  const t = useTranslations('composer.secret');
  const words = useTranslations('auth.password');
  return (
    <section
      id="secret-strip"
      aria-label={t('name')}
      className="gutter grid gap-x-10 gap-y-1 border-t border-hair bg-wash py-3 text-sm md:grid-cols-2"
    >
      <p className="max-w-measure md:py-0.5">{t(onPassword === null ? 'edited' : 'explain')}</p>
      {onPassword === null ? null : (
        <details className="min-w-0 md:w-[380px] md:justify-self-end">
          <summary className="tap text-link w-fit md:ml-auto md:flex">{t('addPassword')}</summary>
          <div className="pt-2">
            <PasswordInput
              // Without a name it is in nothing that the form sends.
              name=""
              label={t('password')}
              autoComplete="new-password"
              required={false}
              hint={t('passwordHint')}
              words={{
                show: words('show'),
                hide: words('hide'),
                showName: words('showName'),
                hideName: words('hideName'),
              }}
              meter={{
                levels: [words('short'), words('weak'), words('fair'), words('good'), words('strong')],
                minLength: minPassword,
              }}
              onPassword={onPassword}
            />
          </div>
        </details>
      )}
    </section>
  );
}
