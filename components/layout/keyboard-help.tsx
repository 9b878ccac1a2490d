import { buttonVariants } from '@/components/ui/button-variants';
import { cn } from '@/components/ui/class-names';
import type { PageText } from '@/lib/core/i18n/page-text';
import { SHORTCUT_GROUPS } from './shortcut-groups';
import { ShortcutList, type ShortcutNames } from './shortcut-list';
import { ShortcutSwitch } from './shortcut-switch';

/** The list of keyboard shortcuts. The browser opens and closes it; only the shortcuts need a script. */
export function KeyboardHelp({ text }: { text: PageText }) {
  const { t } = text;
  return (
    <>
      <button
        type="button"
        popoverTarget="keyboard-help"
        aria-haspopup="dialog"
        aria-label={t('shortcuts.open')}
        title={t('shortcuts.open')}
        data-shortcut="?"
        className={cn(buttonVariants({ variant: 'quiet', size: 'sm' }), 'max-sm:hidden')}
      >
        <svg
          width="18"
          height="18"
          viewBox="0 0 18 18"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          strokeLinecap="round"
          aria-hidden="true"
        >
          <rect x="1.75" y="4" width="14.5" height="10" rx="2" />
          <path d="M4.75 7.25h.01M7.6 7.25h.01M10.4 7.25h.01M13.25 7.25h.01M6 11h6" />
        </svg>
      </button>
      <div
        id="keyboard-help"
        popover="auto"
        role="dialog"
        aria-labelledby="keyboard-help-heading"
        className="dialog-panel keyboard-help rounded-md border border-edge bg-raised p-6 text-ink"
      >
        <h2 id="keyboard-help-heading" className="text-lg font-[620]">
          {t('shortcuts.open')}
        </h2>
        <div className="gap-10 md:columns-2">
          <ShortcutList names={namesIn(text)} />
        </div>
        <div className="mt-4 flex items-center justify-between gap-4 border-t border-hair pt-4">
          <ShortcutSwitch label={t('shortcuts.enabled')} hint={t('shortcuts.single')} />
          <button
            type="button"
            popoverTarget="keyboard-help"
            popoverTargetAction="hide"
            className={buttonVariants()}
          >
            {t('shortcuts.close')}
          </button>
        </div>
      </div>
    </>
  );
}

function namesIn({ t }: PageText): ShortcutNames {
  const keys = SHORTCUT_GROUPS.flatMap(({ name, rows }) => [name, ...rows.map(({ does }) => does)]);
  return Object.fromEntries(keys.map((key) => [key, t(`shortcuts.${key}`)])) as ShortcutNames;
}
