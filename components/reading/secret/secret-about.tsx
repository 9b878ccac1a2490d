import type { PageText } from '@/lib/core/i18n/page-text';
import { pasteUrl } from '@/lib/pastes/dto';
import type { PasteRecord } from '@/lib/pastes/queries';
import { terminalRecipe } from './terminal-recipe';

/** What the server can see, what it must be trusted for, and how a terminal decrypts the paste. */
export function SecretAbout({ paste, text: { t } }: { paste: PasteRecord; text: PageText }) {
  const recipe = terminalRecipe(pasteUrl(paste.slug), {
    key: t('secretPage.recipeKey'),
    hasLock: paste.encryption?.hasLock === true,
    doesBurn: paste.burnAfter !== null,
  });
  const commands = (
    <pre
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      dir="ltr"
      translate="no"
      className="mt-2 overflow-x-auto rounded-md border border-hair bg-raised p-3 font-mono text-2xs leading-[1.6] text-ink"
    >
      {recipe}
    </pre>
  );
  return (
    <section aria-label={t('secretPage.about')} className="no-print gutter pb-6 text-xs text-muted">
      <div className="max-w-measure">
        <p>{t('secretPage.sees')}</p>
        <p className="mt-1">{t('secretPage.trusts')}</p>
        <noscript>
          <p className="mt-4 text-sm text-ink">{t('secretPage.noScript')}</p>
          {commands}
        </noscript>
        <details className="needs-script mt-2">
          <summary className="tap cursor-pointer text-link">{t('secretPage.terminal')}</summary>
          {commands}
        </details>
      </div>
    </section>
  );
}
