import { getTranslations } from 'next-intl/server';
import { LIMIT_VALUES } from '@/lib/api/limit-values';
import { DocsSection } from './docs-section';
import { Example } from './example';
import { FactsTable } from './facts-table';
import { InlineCode } from './inline-code';

const OPTIONS = [
  'title',
  'name',
  'language',
  'visibility',
  'expires_in',
  'expires_at',
  'burn_after',
] as const;

export async function SavingSection({ url }: { url: string }) {
  const t = await getTranslations('docs');
  const pastes = `${url}/api/v1/pastes`;
  const rows = OPTIONS.map((name) => ({
    key: name,
    name: <code className="font-mono text-xs">{name}</code>,
    says: t(`saving.option.${name}`, LIMIT_VALUES),
  }));
  return (
    <DocsSection id="saving" title={t('sections.saving')}>
      <p>{t('saving.intro')}</p>
      <Example says={t('saving.file')} command={`curl --data-binary @notes.md ${pastes}`} />
      <Example says={t('saving.put')} command={`curl -T notes.md ${url}/`} />
      <Example says={t('saving.root')} command={`curl -F file=@notes.md ${url}`} />
      <Example says={t('saving.pipe')} command={`git diff | curl --data-binary @- ${pastes}`} />
      <Example
        says={t('saving.several')}
        command={`curl -F file=@retry.ts -F file=@retry.test.ts ${pastes}`}
      />
      <Example
        says={t('saving.options')}
        command={`curl --data-binary @notes.md "${pastes}?name=notes.md&expires_in=1d"`}
      />
      <Example
        says={t('saving.json')}
        command={`curl ${pastes} \\\n  -H 'Content-Type: application/json' \\\n  -d '{"content": "print(\\"hello\\")\\n", "language": "python", "expires_in": "1d"}'`}
      />
      <p>{t('saving.optionsIntro')}</p>
      <FactsTable rows={rows} />
      <p>
        <InlineCode text={t('saving.languages')} />
      </p>
      <p>
        <InlineCode text={t('saving.credentials')} />
      </p>
      <p>
        <InlineCode text={t('saving.key')} />
      </p>
    </DocsSection>
  );
}
