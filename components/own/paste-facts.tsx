import { ContentFacts } from '@/components/explore/content-facts';
import { ExpiryMoment } from '@/components/reading/moment';
import { getPageText } from '@/components/request/page-text';
import { awaitsApproval, readsLeft } from '@/lib/pastes/policy';
import type { PasteRecord } from '@/lib/pastes/queries';

interface PasteFactsProps {
  paste: PasteRecord;
  now: Date;
  /** Hides the visibility in a list of public pastes. */
  isAmongPublic?: boolean;
  /** With how many people. */
  sharedWith?: number;
}

/** One line about one of the user's own pastes: its content, visibility, creation time and expiry. */
export async function PasteFacts({ paste, now, isAmongPublic = false, sharedWith = 0 }: PasteFactsProps) {
  const text = await getPageText();
  const { t } = text;
  const left = readsLeft(paste);
  return (
    <ul className="dotted mt-1 flex flex-wrap text-xs text-muted touch:pointer-events-none">
      {paste.hiddenAt === null ? null : <li className="font-medium text-danger">{t('own.hidden')}</li>}
      {awaitsApproval(paste) ? <li className="font-medium text-ink">{t('own.awaiting')}</li> : null}
      {isAmongPublic ? null : (
        <li className={paste.visibility === 'public' ? 'text-accent' : 'text-ink'}>
          {t(`visibilities.${paste.visibility}`)}
        </li>
      )}
      {sharedWith === 0 ? null : <li>{t('own.sharedWith', { count: sharedWith })}</li>}
      <ContentFacts paste={paste} now={now} text={text} />
      {left === null ? null : <li className="text-ink">{t('burning.burnsAfter', { count: left })}</li>}
      {left === null || paste.reads === 0 ? null : <li>{t('burning.soFar', { count: paste.reads })}</li>}
      <li>
        <ExpiryMoment paste={paste} now={now} text={text} />
      </li>
    </ul>
  );
}
