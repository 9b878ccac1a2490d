import { getTranslations } from 'next-intl/server';
import { textLink } from '@/components/ui/text-link';
import { MAX_PERSONAL_TOKENS, SCOPES } from '@/lib/accounts/tokens/schema';
import { DocsSection } from './docs-section';
import { Example } from './example';
import { FactsTable } from './facts-table';

export async function TokensSection({ url }: { url: string }) {
  const t = await getTranslations('docs');
  const rows = SCOPES.map((scope) => ({
    key: scope,
    name: <code className="font-mono text-xs">{scope}</code>,
    says: t(`tokens.scope.${scope}`),
  }));
  return (
    <DocsSection id="tokens" title={t('sections.tokens')}>
      <p>{t.rich('tokens.intro', { link: textLink('/settings/tokens') })}</p>
      <Example
        says={t('tokens.make')}
        command={`curl ${url}/api/v1/users/me/tokens \\\n  -H "Authorization: Bearer $TOKEN" \\\n  -H 'Content-Type: application/json' \\\n  -d '{"name": "Nightly build", "scopes": ["pastes:write"], "expires_in": "1y"}'`}
      />
      <FactsTable rows={rows} />
      <p>{t('tokens.after', { count: MAX_PERSONAL_TOKENS })}</p>
    </DocsSection>
  );
}
