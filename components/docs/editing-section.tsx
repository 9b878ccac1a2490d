import { getTranslations } from 'next-intl/server';
import { DocsSection } from './docs-section';
import { Example } from './example';
import { InlineCode } from './inline-code';
import { SAMPLE_SLUG } from './sample-slug';

export async function EditingSection({ url }: { url: string }) {
  const t = await getTranslations('docs');
  const paste = `${url}/api/v1/pastes/${SAMPLE_SLUG}`;
  const key = '-H "X-Edit-Key: $EDIT_KEY"';
  return (
    <DocsSection id="editing" title={t('sections.editing')}>
      <p>{t('editing.intro')}</p>
      <Example
        says={t('editing.patch')}
        command={`curl -X PATCH ${paste} \\\n  ${key} \\\n  -H 'Content-Type: application/json' \\\n  -d '{"content": "# Notes\\n", "expires_in": "1w"}'`}
      />
      <p>
        <InlineCode text={t('editing.content')} />
      </p>
      <Example says={t('editing.remove')} command={`curl -X DELETE ${paste} ${key}`} />
    </DocsSection>
  );
}
