import type { PageText } from '@/lib/core/i18n/page-text';
import { momentLabels } from './display';

interface MomentProps {
  /** The event at this time. */
  event: 'made' | 'edited' | 'gone';
  at: Date;
  now: Date;
  text: PageText;
}

/** A relative time with the exact one on hover, which a script converts to local time. */
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
