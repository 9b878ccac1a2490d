import { buttonVariants } from '@/components/ui/button-variants';
import type { PageText } from '@/lib/core/i18n/page-text';

/** Selects lines by number, for keyboard users; `aids/lines.ts` handles the form. */
export function LineJump({ text: { t } }: { text: PageText }) {
  return (
    <form
      id="line-jump"
      popover="auto"
      className="dialog-panel rounded-md border border-edge bg-raised p-4 text-ink"
    >
      <label htmlFor="line-jump-lines" className="mb-1 block text-xs text-muted">
        {t('reading.goToLineLabel')}
      </label>
      <div className="flex flex-wrap gap-2">
        <input
          id="line-jump-lines"
          name="lines"
          required
          pattern="\s*[0-9]+\s*([\-–]\s*[0-9]+\s*)?"
          title={t('reading.goToLineHint')}
          placeholder="10-20"
          autoComplete="off"
          autoFocus
          className="h-10 min-w-0 grow basis-[8rem] rounded-md border border-edge bg-raised px-3 font-mono text-code"
        />
        <button type="submit" className={buttonVariants({ variant: 'primary', size: 'lg' })}>
          {t('reading.go')}
        </button>
      </div>
    </form>
  );
}
