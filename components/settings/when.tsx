import { getTranslations } from 'next-intl/server';
import { momentValues } from '@/components/reading/moment';
import { getPageText } from '@/components/request/page-text';

export interface WhenProps {
  words: 'seen' | 'happened' | 'made' | 'used' | 'expires' | 'expired';
  at: Date;
  now: Date;
}

/** A relative time, with the exact one on hover. */
export async function When({ words, at, now }: WhenProps) {
  const t = await getTranslations('settings.moments');
  return t.rich(words, momentValues(at, now, await getPageText()));
}
