import { getTranslations } from 'next-intl/server';
import { momentLabels } from './display';

interface MomentProps {
  /** What happens, or happened, then. */
  event: 'made' | 'edited' | 'gone';
  at: Date;
  now: Date;
}

/** A time in the reader's words, its exact moment one hover away; a script puts that into local time. */
export async function Moment({ event, at, now }: MomentProps) {
  const t = await getTranslations('reading');
  const { relative, exact } = await momentLabels(at, now);
  return t.rich(event, {
    when: relative,
    moment: (words) => (
      <time dateTime={at.toISOString()} title={exact}>
        {words}
      </time>
    ),
  });
}
