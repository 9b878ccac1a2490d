import { getTranslations } from 'next-intl/server';
import { DocsSection } from './docs-section';
import { Example } from './example';
import { InlineCode } from './inline-code';

export async function HasteSection({ url }: { url: string }) {
  const t = await getTranslations('docs');
  return (
    <DocsSection id="haste" title={t('sections.haste')}>
      <p>{t('haste.intro')}</p>
      <Example says={t('haste.client')} command={`export HASTE_SERVER=${url}\ngit diff | haste`} />
      <Example
        says={t('haste.protocol')}
        command={`git diff | curl --data-binary @- ${url}/documents\n# {"key":"7hPq3nXv9KdR"}\ncurl ${url}/raw/7hPq3nXv9KdR`}
      />
      <p>
        <InlineCode text={t('haste.after')} />
      </p>
    </DocsSection>
  );
}
