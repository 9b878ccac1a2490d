import { getTranslations } from 'next-intl/server';
import { DocsSection } from './docs-section';
import { Example } from './example';
import { InlineCode } from './inline-code';
import { SAMPLE_SLUG } from './sample-slug';

export async function ReadingSection({ url }: { url: string }) {
  const t = await getTranslations('docs');
  const link = `${url}/${SAMPLE_SLUG}`;
  return (
    <DocsSection id="reading" title={t('sections.reading')}>
      <p>{t('reading.intro')}</p>
      <Example says={t('reading.link')} command={`curl ${link}`} />
      <p>
        <InlineCode text={t('reading.negotiation')} />
      </p>
      <Example says={t('reading.raw')} command={`curl ${link}/raw`} />
      <Example says={t('reading.second')} command={`curl ${link}/raw/2`} />
      <Example says={t('reading.download')} command={`curl -OJ ${link}/download`} />
      <Example says={t('reading.json')} command={`curl "${url}/api/v1/pastes/${SAMPLE_SLUG}?content=1"`} />
    </DocsSection>
  );
}
