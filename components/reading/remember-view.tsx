import { buttonVariants } from '@/components/ui/button-variants';
import type { PageText } from '@/lib/core/i18n/page-text';

interface RememberViewProps {
  /** As `withView` takes it. */
  view: string;
  /** The path of the page that then shows this view. */
  next: string;
  text: PageText;
}

/** Where there is no script, which keeps each view that is chosen. */
export function RememberView({ view, next, text: { t } }: RememberViewProps) {
  return (
    <form action="/preferences" method="post" className="scripting:hidden">
      <input type="hidden" name="next" value={next} />
      <button
        type="submit"
        name="view"
        value={view}
        className={buttonVariants({ variant: 'quiet', size: 'sm' })}
      >
        {t('rendered.remember')}
      </button>
    </form>
  );
}
