import { getTranslations } from 'next-intl/server';
import { momentValues } from '@/components/reading/moment';
import { sizeLabel } from '@/components/reading/size-label';
import { getPageText } from '@/components/request/page-text';
import type { CaseDto } from '@/lib/reports/schema';

/** What is known of a reported paste besides its text, in one line that may wrap. */
export async function CaseFacts({ entry, now }: { entry: CaseDto; now: Date }) {
  const t = await getTranslations('moderation');
  const text = await getPageText();
  const { paste } = entry;
  return (
    <ul className="dotted mt-0.5 flex flex-wrap text-xs text-muted">
      <li>{t.rich('last', momentValues(new Date(entry.reported_at), now, text))}</li>
      {paste === null ? (
        <li className="font-medium text-danger">{t('gone')}</li>
      ) : (
        <PasteFacts paste={paste} now={now} />
      )}
    </ul>
  );
}

async function PasteFacts({ paste, now }: { paste: NonNullable<CaseDto['paste']>; now: Date }) {
  const t = await getTranslations('moderation');
  const text = await getPageText();
  return (
    <>
      <li>{paste.owner === null ? t('anonymous') : t('by', { username: paste.owner })}</li>
      {paste.owner_banned ? <li className="text-danger">{t('banned')}</li> : null}
      <li>{text.t(`visibilities.${paste.visibility}`)}</li>
      {paste.secret ? <li>{t('secret')}</li> : null}
      {paste.burns ? <li>{t('burns')}</li> : null}
      {paste.hidden ? <li className="text-danger">{t('hidden')}</li> : null}
      <li>{sizeLabel(paste.bytes, text)}</li>
      {paste.files > 1 ? <li>{t('files', { count: paste.files })}</li> : null}
      <li>{t.rich('created', momentValues(new Date(paste.created_at), now, text))}</li>
      {paste.expires_at === null ? null : (
        <li>{t.rich('expires', momentValues(new Date(paste.expires_at), now, text))}</li>
      )}
    </>
  );
}
