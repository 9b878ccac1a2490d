import { buttonVariants } from '@/components/ui/button-variants';
import type { PageText } from '@/lib/core/i18n/page-text';
import { pageTexts } from './page-texts';

interface SecretSource {
  slug: string;
  /** Paths of the ciphertext, of the lock of a paste with a password, and for revealing one that burns. */
  raw: string;
  lock?: string | undefined;
  reveal?: string | undefined;
  revision: number;
  /** Undefined for an earlier revision. */
  settings?: { expiresAt: Date | null; burnAfter: number | null } | undefined;
}

interface SecretViewProps {
  source: SecretSource;
  /** What revealing it means; null if it does not burn. */
  explanation: string | null;
  text: PageText;
}

/** Where the script asks for what it needs, says what it cannot do, and shows what it decrypted. */
export function SecretView({ source, explanation, text }: SecretViewProps) {
  const { t, locale } = text;
  const { slug, raw, lock, reveal, revision, settings } = source;
  const needsAnswer = lock !== undefined || reveal !== undefined;
  return (
    <div
      id="secret-paste"
      data-slug={slug}
      data-raw={raw}
      data-lock={lock}
      data-reveal={reveal}
      data-revision={revision}
      data-expires={settings && (settings.expiresAt?.toISOString() ?? '')}
      data-burn={settings && (settings.burnAfter ?? '')}
      data-locale={locale}
      data-texts={JSON.stringify(pageTexts(locale))}
    >
      <p id="secret-status" role="status" className="gutter text-muted not-empty:pb-5" />
      <div id="secret-warning" role="note" hidden className="text-warning gutter sm:mb-4" />
      <div id="secret-fault" role="alert" className="gutter text-danger not-empty:pb-5" />
      <button
        id="secret-retry"
        type="button"
        hidden
        className={`${buttonVariants()} mx-[var(--gutter)] mb-5 self-start`}
      >
        {t('burning.again')}
      </button>
      {needsAnswer ? (
        <OpenForm hasPassword={lock !== undefined} explanation={explanation} text={text} />
      ) : null}
      <div id="secret-files" />
    </div>
  );
}

interface OpenFormProps {
  hasPassword: boolean;
  explanation: string | null;
  text: PageText;
}

/** Handled by the script alone: what is typed here is not sent. */
function OpenForm({ hasPassword, explanation, text: { t } }: OpenFormProps) {
  return (
    <form id="secret-form" hidden noValidate className="gutter max-w-measure pb-6">
      {explanation === null ? null : <p className="pb-4">{explanation}</p>}
      {hasPassword ? (
        <div className="flex flex-col gap-1.5 pb-4">
          <label htmlFor="secret-password" className="text-sm font-medium">
            {t('auth.password.label')}
          </label>
          <div className="relative">
            <input
              id="secret-password"
              type="password"
              required
              autoComplete="off"
              autoCapitalize="none"
              autoCorrect="off"
              spellCheck={false}
              aria-describedby="secret-password-hint"
              className="h-10 w-full rounded-md border border-edge bg-raised px-3 pr-20 text-base aria-invalid:border-danger"
            />
            <button
              id="secret-password-switch"
              type="button"
              aria-label={t('auth.password.showName')}
              data-show={`${t('auth.password.show')}|${t('auth.password.showName')}`}
              data-hide={`${t('auth.password.hide')}|${t('auth.password.hideName')}`}
              className="absolute inset-y-1 right-1 rounded-sm touch:inset-y-0 touch:right-0 px-2.5 text-xs text-muted hover:text-ink"
            >
              {t('auth.password.show')}
            </button>
          </div>
          <p id="secret-password-error" className="text-xs text-danger empty:hidden" />
          <p id="secret-password-hint" className="text-xs text-muted">
            {t('secretPage.passwordHint')}
          </p>
        </div>
      ) : null}
      <button type="submit" className={buttonVariants({ variant: 'primary', size: 'lg' })}>
        {t(explanation === null ? 'secretPage.open' : 'burning.reveal')}
      </button>
    </form>
  );
}
