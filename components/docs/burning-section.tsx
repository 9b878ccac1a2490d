import { getTranslations } from 'next-intl/server';
import { LIMIT_VALUES } from '@/lib/api/limit-values';
import { DocsSection } from './docs-section';
import { Example } from './example';
import { InlineCode } from './inline-code';
import { SAMPLE_SLUG } from './sample-slug';

const RANDOM_KEY = '$(od -An -N16 -tx1 /dev/urandom | tr -dc 0-9a-f)';

export async function BurningSection({ url }: { url: string }) {
  const t = await getTranslations('docs');
  const pastes = `${url}/api/v1/pastes`;
  const reveal = `${pastes}/${SAMPLE_SLUG}/reveal`;
  return (
    <DocsSection id="burning" title={t('sections.burning')}>
      <p>{t('burning.intro', LIMIT_VALUES)}</p>
      <p>
        <InlineCode text={t('burning.scanners')} />
      </p>
      <Example says={t('burning.create')} command={`curl --data-binary @notes.md "${pastes}?burn_after=1"`} />
      <Example says={t('burning.reveal')} command={`curl -X POST ${reveal}`} />
      <Example
        says={t('burning.retry')}
        command={`curl --retry 3 -X POST ${reveal} \\\n  -H "Idempotency-Key: ${RANDOM_KEY}"`}
      />
      <p>{t('burning.minute')}</p>
      <p>{t('burning.author')}</p>
    </DocsSection>
  );
}
