import type { PageText } from '@/lib/core/i18n/page-text';
import { momentLabels } from './display';

interface MomentProps {
  /** What happens, or happened, then. */
  event: 'made' | 'edited' | 'gone';
  at: Date;
  now: Date;
  text: PageText;
}

/** A time in the reader's words, its exact moment one hover away; a script puts that into local time. */
export function Moment({ event, at, now, text }: MomentProps) {
  const { relative, exact } = momentLabels(at, now, text);
  return text.t.rich(`reading.${event}`, {
    when: relative,
    moment: (words) => (
      <time dateTime={at.toISOString()} title={exact}>
        {words}
      </time>
    ),
  });
}
