import { guardMemberPage } from '@/components/page/page-guard';
import type { SearchPageProps } from '@/components/page/page-props';
import { LocalTimes } from '@/components/reading/local-times';
import { NewTokenSection } from '@/components/settings/new-token-section';
import { SettingsPage, settingsMetadata } from '@/components/settings/settings-page';
import { TokensSection } from '@/components/settings/tokens-section';
import { listPersonalTokens } from '@/lib/accounts/tokens/personal';
import { now } from '@/lib/core/clock';

export const generateMetadata = () => settingsMetadata('tokens');

export default function TokenSettingsPage({ searchParams }: SearchPageProps) {
  return guardMemberPage('member', async ({ user }) => {
    const { saved } = await searchParams;
    const tokens = await listPersonalTokens(user.id);
    return (
      <SettingsPage current="tokens" saved={saved}>
        <NewTokenSection count={tokens.length} role={user.role} />
        <TokensSection tokens={tokens} now={now()} />
        <LocalTimes />
      </SettingsPage>
    );
  });
}
