import { getTranslations } from 'next-intl/server';
import { PageForm } from '@/components/ui/page-form';
import { MAX_PERSONAL_TOKENS, SCOPES } from '@/lib/accounts/tokens/schema';
import type { Role } from '@/lib/generated/prisma/enums';
import { SettingsSection } from './settings-section';
import { createTokenAction } from './token-actions';
import { TokenFields } from './token-fields';

const LIFETIMES = ['1w', '1mo', '3mo', '1y', 'never'] as const;

interface NewTokenSectionProps {
  count: number;
  role: Role;
}

export async function NewTokenSection({ count, role }: NewTokenSectionProps) {
  const t = await getTranslations('settings.tokens');
  const reading = await getTranslations('reading');
  const explain = t.rich('newExplain', {
    code: (words) => <code className="font-mono text-xs">{words}</code>,
  });
  return (
    <SettingsSection id="new-token" heading={t('newHeading')} explain={explain}>
      <PageForm
        action={createTokenAction}
        aria-label={t('newHeading')}
        className="flex flex-col items-start gap-5 [&>div]:w-full"
      >
        <TokenFields
          isFull={count >= MAX_PERSONAL_TOKENS}
          scopes={SCOPES.filter((scope) => scope !== 'admin' || role === 'admin').map((scope) => ({
            value: scope,
            label: scope,
            explain: t(`scopeExplain.${scope}`),
          }))}
          lifetimes={LIFETIMES.map((value) => ({ value, label: t(`lifetimes.${value}`) }))}
          defaultLifetime="3mo"
          words={{
            name: t('name'),
            nameHint: t('nameHint'),
            scopes: t('scopes'),
            lifetime: t('lifetime'),
            make: t('make'),
            full: t('full', { count: MAX_PERSONAL_TOKENS }),
            token: t('token'),
            done: t('done'),
            copy: { label: t('copy'), copied: reading('copied'), failed: reading('notCopied') },
          }}
        />
      </PageForm>
    </SettingsSection>
  );
}
