import { getFormatter, getTranslations } from 'next-intl/server';
import { SignOutForm } from '@/components/layout/sign-out-form';
import { PageHeading } from '@/components/page/page-heading';
import { Avatar } from '@/components/ui/avatar';
import { buttonVariants } from '@/components/ui/button-variants';
import { avatarUrl } from '@/lib/accounts/users/avatar-url';
import type { UserRecord } from '@/lib/core/caller';
import { visibleText } from '@/lib/text/unicode/display-text';

/** The user's name and picture, with links to the settings for the user themselves. */
export async function ProfileHead({ user, isOwn }: { user: UserRecord; isOwn: boolean }) {
  const t = await getTranslations('profile');
  const format = await getFormatter();
  const name = visibleText(user.name ?? '');
  return (
    <>
      <header className="flex items-start justify-between gap-5">
        <div className="min-w-0">
          <PageHeading>
            <bdi>{name || user.username}</bdi>
          </PageHeading>
          <ul className="dotted mt-1 flex flex-wrap text-sm text-muted">
            {name === '' ? null : <li>{user.username}</li>}
            <li>
              {t.rich('since', {
                when: format.dateTime(user.createdAt, { year: 'numeric', month: 'long', timeZone: 'UTC' }),
                moment: (words) => <time dateTime={user.createdAt.toISOString()}>{words}</time>,
              })}
            </li>
            {user.role === 'user' ? null : <li>{t(`roles.${user.role}`)}</li>}
          </ul>
        </div>
        <Avatar src={avatarUrl(user)} size={72} />
      </header>
      {isOwn ? <OwnWays /> : null}
    </>
  );
}

async function OwnWays() {
  const t = await getTranslations('account');
  const plain = buttonVariants();
  return (
    <nav aria-label={t('yours')} className="mt-4 flex flex-wrap items-center gap-1.5">
      <a href="/me" className={plain}>
        {t('ownPastes')}
      </a>
      <a href="/settings" className={plain}>
        {t('settings')}
      </a>
      <SignOutForm>
        <button type="submit" className={buttonVariants({ variant: 'quiet' })}>
          {t('signOut')}
        </button>
      </SignOutForm>
    </nav>
  );
}
