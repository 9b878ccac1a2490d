import type { ReactNode } from 'react';
import type { PageText } from '@/lib/core/i18n/page-text';
import type { PasteRecord } from '@/lib/pastes/queries';
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

interface PasteMomentProps {
  paste: Pick<PasteRecord, 'revision' | 'createdAt' | 'updatedAt' | 'expiresAt'>;
  now: Date;
  text: PageText;
}

/** When the text of a paste was written last. */
export function WrittenMoment({ paste, ...rest }: PasteMomentProps) {
  if (paste.revision > 1) return <Moment event="edited" at={paste.updatedAt} {...rest} />;
  return <Moment event="made" at={paste.createdAt} {...rest} />;
}

/** When a paste expires, or that it does not. */
export function ExpiryMoment({ paste: { expiresAt }, ...rest }: PasteMomentProps) {
  return expiresAt === null ? rest.text.t('reading.kept') : <Moment event="gone" at={expiresAt} {...rest} />;
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
