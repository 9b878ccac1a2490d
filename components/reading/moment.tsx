import type { ReactNode } from 'react';
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
  return text.t.rich(`reading.${event}`, momentValues(at, now, text));
}

/** The values of a message about a time: `<moment>{when}</moment>`, with the exact one on hover. */
export function momentValues(at: Date, now: Date, text: PageText) {
  const { relative, exact } = momentLabels(at, now, text);
  return {
    when: relative,
    moment: (words: ReactNode) => (
      <time dateTime={at.toISOString()} title={exact}>
        {words}
      </time>
    ),
  };
}
