import { getTranslations } from 'next-intl/server';
import { textLink } from '@/components/ui/text-link';
import { LIMIT_POLICIES } from '@/lib/limits/policies';
import { DocsSection } from './docs-section';
import { Example } from './example';
import { SAMPLE_SLUG } from './sample-slug';

const SAMPLE_SHARE = '0197a3c4-8f1e-7c52-9d7b-2f6b1c0e4a55';

export async function SharingSection({ url }: { url: string }) {
  const t = await getTranslations('docs');
  const [perHour] = LIMIT_POLICIES['share-recipient-all'].subject;
  const api = `${url}/api/v1`;
  const call = 'curl -H "Authorization: Bearer $TOKEN"';
  const post = (path: string, body: string) =>
    `${call} ${api}${path} \\\n  -H 'Content-Type: application/json' \\\n  -d '${body}'`;
  return (
    <DocsSection id="sharing" title={t('sections.sharing')}>
      <p>{t('sharing.intro')}</p>
      <p>{t('sharing.forwarded')}</p>
      <p>{t('sharing.mails', { count: perHour.points })}</p>
      <Example
        says={t('sharing.share')}
        command={post(`/pastes/${SAMPLE_SLUG}/shares`, '{"email": "grace@example.com", "role": "editor"}')}
      />
      <Example says={t('sharing.takeBack')} command={`${call} -X DELETE ${api}/shares/${SAMPLE_SHARE}`} />
      <p>{t.rich('sharing.contacts', { link: textLink('/contacts') })}</p>
      <Example
        says={t('sharing.add')}
        command={post(
          '/contacts',
          '{"first_name": "Grace", "email": "grace@example.com", "birthday": "1986-12-09"}',
        )}
      />
      <Example
        says={t('sharing.birthdays')}
        command={`${call} "${api}/contacts/birthdays?days=7&tz=Europe/Paris"`}
      />
    </DocsSection>
  );
}
