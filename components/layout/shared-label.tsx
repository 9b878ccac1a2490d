import type { PageText } from '@/lib/core/i18n/page-text';

interface SharedLabelProps {
  label: string;
  /** How many shared pastes the user has not opened. */
  unopened: number;
  text: PageText;
}

/** The words of a link to what is shared with the user. */
export function SharedLabel({ label, unopened, text: { t } }: SharedLabelProps) {
  if (unopened === 0) return label;
  return (
    <span>
      {label}{' '}
      <span className="text-accent tabular-nums">
        {t.rich('site.unopened', {
          count: unopened,
          hidden: (words) => <span className="sr-only">{words}</span>,
        })}
      </span>
    </span>
  );
}
