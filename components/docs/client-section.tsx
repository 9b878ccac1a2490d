import { getTranslations } from 'next-intl/server';
import { DocsSection } from './docs-section';
import { Example } from './example';
import { InlineCode } from './inline-code';
import { SAMPLE_SLUG } from './sample-slug';

export async function ClientSection({ url }: { url: string }) {
  const t = await getTranslations('docs');
  const link = `${url}/${SAMPLE_SLUG}`;
  return (
    <DocsSection id="client" title={t('sections.client')}>
      <p>{t('client.intro')}</p>
      <Example
        says={t('client.download')}
        command={`curl -O ${url}/sheaf.mjs\nnode sheaf.mjs notes.md\ngit diff | node sheaf.mjs`}
      />
      <Example
        says={t('client.secret')}
        command="node sheaf.mjs --secret --password --burn 1 notes.md plan.pdf"
      />
      <Example
        says={t('client.get')}
        command={`node sheaf.mjs get '${link}#AGE-SECRET-KEY-1…' --dir opened\nnode sheaf.mjs delete ${link}`}
      />
      <p>
        <InlineCode text={t('client.keys')} />
      </p>
      <p>
        <InlineCode text={t('client.files')} />
      </p>
    </DocsSection>
  );
}
