import { buttonVariants } from '@/components/ui/button-variants';
import { CopyButton } from '@/components/ui/copy-button';
import type { PageText } from '@/lib/core/i18n/page-text';

/** What can be done with selected lines; `aids/lines.ts` shows it, and names the lines in place of `{}`. */
export function LineTools({ text: { t } }: { text: PageText }) {
  const words = (count: number) =>
    `${t('reading.copyLines', { count, lines: '{}' })}|${t('reading.linkLines', { count })}`;
  const said = { copied: t('reading.copied'), failed: t('reading.notCopied') };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
    <div
      id="line-tools"
      role="group"
      aria-label={t('reading.selectedLines')}
      data-one={words(1)}
      data-many={words(2)}
      hidden
      className="no-print line-tools"
    >
      <CopyButton {...said} label="" from="[data-lit]" className={buttonVariants({ variant: 'primary' })} />
      <CopyButton {...said} label="" from="place" className={buttonVariants()} />
      <button
        type="button"
        data-does="deselect"
        aria-label={t('reading.deselect')}
        title={t('reading.deselect')}
        className={buttonVariants({ variant: 'quiet' })}
      >
        ×
      </button>
    </div>
  );
}
