import { buttonVariants } from '@/components/ui/button-variants';
import { ChoiceButtons } from '@/components/ui/choice-buttons';
import { cn } from '@/components/ui/class-names';
import { LOCALE_NAMES, LOCALES } from '@/lib/core/i18n/locale';
import type { PageText } from '@/lib/core/i18n/page-text';
import { THEMES, type Theme } from '@/lib/core/theme';

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
              <ChoiceButtons
                name="theme"
                choices={THEMES.map((value) => ({ value, label: t(`preferences.${value}`) }))}
                chosen={theme}
                className="px-2 text-xs"
              />
            </div>
          </fieldset>
          <hr className="mt-4 mb-3 border-hair" />
          <fieldset>
            <legend className="mb-1.5 text-xs text-muted">{t('preferences.language')}</legend>
            <div className="flex flex-wrap gap-1">
              <ChoiceButtons
                name="locale"
                choices={LOCALES.map((value) => ({ value, label: LOCALE_NAMES[value], lang: value }))}
                chosen={locale}
                className="px-2 text-xs"
              />
            </div>
          </fieldset>
        </form>
      </div>
    </>
  );
}
