import { getTranslations } from 'next-intl/server';
import { DocsSection } from './docs-section';

export async function PrivacySection() {
  const t = await getTranslations('docs');
  return (
    <DocsSection id="privacy" title={t('sections.privacy')}>
      <p>{t('privacy.kept')}</p>
      <p>{t('privacy.gone')}</p>
      <p>{t('privacy.reported')}</p>
      <p>{t('privacy.seen')}</p>
    </DocsSection>
  );
}
