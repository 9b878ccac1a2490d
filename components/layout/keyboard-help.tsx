import { Fragment } from 'react';
import { buttonVariants } from '@/components/ui/button-variants';
import { cn } from '@/components/ui/class-names';
import type { PageText } from '@/lib/core/i18n/page-text';
import { Keys } from './keys';
import { ShortcutSwitch } from './shortcut-switch';

/** `does` is the key of the message, the rest as `Keys` takes it. */
export const SHORTCUT_GROUPS = [
  {
    name: 'anywhere',
    rows: [
      { keys: [['n']], does: 'newPaste' },
      { keys: [['/']], does: 'search' },
      { keys: [['?']], does: 'help' },
      { keys: [['Ctrl', 'K']], does: 'palette' },
    ],
  },
  {
    name: 'lists',
    rows: [
      { keys: [['j'], ['k']], does: 'move' },
      { keys: [['↵']], does: 'openEntry' },
    ],
  },
  {
    name: 'reading',
    rows: [
      { keys: [['c']], does: 'copy' },
      { keys: [['r']], does: 'raw' },
      { keys: [['w']], does: 'wrap' },
      { keys: [['h']], does: 'history' },
      { keys: [['l']], does: 'line' },
      { keys: [['s']], does: 'share' },
      { keys: [['e']], does: 'edit' },
    ],
  },
  {
    name: 'composer',
    rows: [
      { keys: [['Ctrl', '↵']], does: 'save' },
      { keys: [['Ctrl', 'F']], does: 'find' },
      { keys: [['Ctrl', ']']], does: 'indent' },
      { keys: [['Ctrl', 'M']], onMac: [['⇧', '⌥', 'M']], does: 'tabMode' },
      { keys: [['Esc', 'Tab']], does: 'leave' },
      { keys: [['F2'], ['Del']], does: 'tabs' },
      {
        keys: [
          ['Alt', '←'],
          ['Alt', '→'],
        ],
        does: 'moveTab',
      },
    ],
  },
] as const;

/** The list of keyboard shortcuts. The browser opens and closes it; only the shortcuts need a script. */
export function KeyboardHelp({ text: { t } }: { text: PageText }) {
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
        className="dialog-panel max-h-[calc(100dvh-32px)] overflow-y-auto rounded-md border border-edge bg-raised p-6 text-ink"
      >
        <h2 id="keyboard-help-heading" className="text-lg font-[620]">
          {t('shortcuts.open')}
        </h2>
        {SHORTCUT_GROUPS.map(({ name, rows }) => (
          <Fragment key={name}>
            <h3 className="mt-4 mb-1 text-xs text-muted">{t(`shortcuts.${name}`)}</h3>
            <dl className="text-sm">
              {rows.map(({ does, ...keys }) => (
                <div key={does} className="flex flex-wrap items-baseline gap-x-4 py-1">
                  <dt className="grow basis-[8rem]">{t(`shortcuts.${does}`)}</dt>
                  <dd>
                    <Keys {...keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </Fragment>
        ))}
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
