import { getTranslations } from 'next-intl/server';
import { buttonVariants } from '@/components/ui/button-variants';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import type { PersonalTokenDto } from '@/lib/accounts/tokens/schema';
import { SettingsSection } from './settings-section';
import { revokeTokenAction } from './token-actions';
import { When } from './when';

/** The user's tokens; only their hashes are stored. */
export async function TokensSection({ tokens, now }: { tokens: readonly PersonalTokenDto[]; now: Date }) {
  const t = await getTranslations('settings.tokens');
  return (
    <SettingsSection id="tokens" heading={t('heading')} explain={t('explain')}>
      {tokens.length === 0 ? <p className="text-muted">{t('none')}</p> : null}
      <ul className="-mt-3">
        {tokens.map((token) => (
          <TokenItem key={token.id} token={token} now={now} />
        ))}
      </ul>
    </SettingsSection>
  );
}

async function TokenItem({ token, now }: { token: PersonalTokenDto; now: Date }) {
  const t = await getTranslations('settings.tokens');
  const { id, name } = token;
  return (
    <li className="flex items-start justify-between gap-4 border-b border-hair py-3 last:border-b-0">
      <div className="min-w-0">
        <p className="font-medium break-words">
          <bdi>{name}</bdi>
        </p>
        <p className="font-mono text-xs text-muted">{token.scopes.join(' ')}</p>
        <ul className="dotted flex flex-wrap text-sm text-muted">
          <li>
            <When words="made" at={new Date(token.created_at)} now={now} />
          </li>
          <li>
            {token.last_used_at === null ? (
              t('neverUsed')
            ) : (
              <When words="used" at={new Date(token.last_used_at)} now={now} />
            )}
          </li>
          <li>
            <Expiry at={token.expires_at === null ? null : new Date(token.expires_at)} now={now} />
          </li>
        </ul>
      </div>
      <div className="-mr-2 shrink-0">
        <ConfirmDialog
          id={`revoke-${id}`}
          action={revokeTokenAction.bind(null, id)}
          trigger={{
            label: t('revoke'),
            accessibleName: t('revokeToken', { name }),
            className: buttonVariants({ variant: 'danger', size: 'sm' }),
          }}
          words={{
            question: t('revokeAsk', { name }),
            explain: t('revokeExplain'),
            confirm: t('revokeConfirm'),
          }}
        />
      </div>
    </li>
  );
}

async function Expiry({ at, now }: { at: Date | null; now: Date }) {
  const t = await getTranslations('settings.tokens');
  if (at === null) return t('kept');
  if (at > now) return <When words="expires" at={at} now={now} />;
  return (
    <span className="text-danger">
      <When words="expired" at={at} now={now} />
    </span>
  );
}
