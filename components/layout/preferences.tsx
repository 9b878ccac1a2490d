import { buttonVariants } from '@/components/ui/button-variants';
import { cn } from '@/components/ui/class-names';
import { LOCALE_NAMES, LOCALES } from '@/lib/core/i18n/locale';
import type { PageText } from '@/lib/core/i18n/page-text';
import { THEMES, type Theme } from '@/lib/core/theme';

const CHOICE =
  'h-8 rounded-sm px-2 text-xs text-muted hover:text-ink aria-pressed:bg-wash aria-pressed:text-accent aria-pressed:font-medium';

interface PreferencesProps {
  theme: Theme;
  /** Path and query of the page, to return to. */
  path: string;
  text: PageText;
}

/** A native popover: it opens, closes and handles the keyboard without a script. */
export function Preferences({ theme, path, text: { t, locale } }: PreferencesProps) {
  return (
    <>
      <button
        type="button"
        popoverTarget="preferences"
        aria-label={t('preferences.open')}
        title={t('preferences.open')}
        className={cn(buttonVariants({ variant: 'quiet', size: 'sm' }), '-mr-2')}
      >
        <svg
          width="18"
          height="18"
          viewBox="0 0 18 18"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          aria-hidden="true"
        >
          <circle cx="9" cy="9" r="6.25" />
          <path d="M9 2.75a6.25 6.25 0 0 1 0 12.5z" fill="currentColor" stroke="none" />
        </svg>
      </button>
      <div
        id="preferences"
        popover="auto"
        className="header-panel w-[min(304px,calc(100vw-32px))] rounded-md border border-edge bg-raised p-4 text-ink"
      >
        <form method="post" action="/preferences">
          <input type="hidden" name="next" value={path} />
          <fieldset>
            <legend className="mb-1.5 text-xs text-muted">{t('preferences.theme')}</legend>
            <div className="flex flex-wrap gap-1">
              {THEMES.map((choice) => (
                <button
                  key={choice}
                  type="submit"
                  name="theme"
                  value={choice}
                  aria-pressed={choice === theme}
                  className={CHOICE}
                >
                  {t(`preferences.${choice}`)}
                </button>
              ))}
            </div>
          </fieldset>
          <hr className="mt-4 mb-3 border-hair" />
          <fieldset>
            <legend className="mb-1.5 text-xs text-muted">{t('preferences.language')}</legend>
            <div className="flex flex-wrap gap-1">
              {LOCALES.map((choice) => (
                <button
                  key={choice}
                  type="submit"
                  name="locale"
                  value={choice}
                  lang={choice}
                  aria-pressed={choice === locale}
                  className={CHOICE}
                >
                  {LOCALE_NAMES[choice]}
                </button>
              ))}
            </div>
          </fieldset>
        </form>
      </div>
    </>
  );
}
