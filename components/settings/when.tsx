import { getTranslations } from 'next-intl/server';
import { momentLabels } from '@/components/reading/display';
import { getPageText } from '@/components/request/page-text';

export interface WhenProps {
  words: 'seen' | 'happened' | 'made' | 'used' | 'expires' | 'expired';
  at: Date;
  now: Date;
}

/** A relative time, with the exact one on hover. */
export async function When({ words, at, now }: WhenProps) {
  const t = await getTranslations('settings.moments');
  const { relative, exact } = momentLabels(at, now, await getPageText());
  return t.rich(words, {
    when: relative,
    moment: (chunks) => (
      <time dateTime={at.toISOString()} title={exact}>
        {chunks}
      </time>
    ),
  });
}
