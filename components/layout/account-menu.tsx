import { Avatar } from '@/components/ui/avatar';
import { MenuLink } from '@/components/ui/menu-link';
import { avatarUrl } from '@/lib/accounts/users/avatar-url';
import type { UserRecord } from '@/lib/core/caller';
import type { PageText } from '@/lib/core/i18n/page-text';
import { instanceRules } from '@/lib/core/instance-rules';
import { SharedLabel } from './shared-label';
import { signInHrefFrom } from './sign-in-href';
import { SignOutForm } from './sign-out-form';

/** What the header shows of the signed-in user. */
export interface ShownUser extends Pick<UserRecord, 'username' | 'role'> {
  /** As returned by `avatarUrl`. */
  avatar: string;
}

export function shownUser(user: UserRecord): ShownUser {
  return { username: user.username, role: user.role, avatar: avatarUrl(user) };
}

export interface AccountMenuProps {
  user: ShownUser | null;
  /** Path and query of the page, to return to after signing in. */
  path: string;
  /** How many shared pastes the user has not opened. */
  unopened: number;
  text: PageText;
}

/** Sign-in links or the user's own pages, in a native popover that needs no script. */
export function AccountMenu({ user, path, unopened, text }: AccountMenuProps) {
  return user ? (
    <Menu user={user} unopened={unopened} text={text} />
  ) : (
    <SignInLinks path={path} text={text} />
  );
}

function SignInLinks({ path, text: { t } }: { path: string; text: PageText }) {
  return (
    <>
      <a href={signInHrefFrom(path)} className="tap whitespace-nowrap text-ink hover:text-accent">
        {t('account.signIn')}
      </a>
      {instanceRules().register === 'everyone' ? (
        <a href="/register" className="tap whitespace-nowrap hover:text-ink max-md:hidden">
          {t('account.register')}
        </a>
      ) : null}
    </>
  );
}

function Menu({ user, unopened, text }: { user: ShownUser; unopened: number; text: PageText }) {
  const { t } = text;
  const { username, role, avatar } = user;
  return (
    <>
      <button
        type="button"
        popoverTarget="account-menu"
        aria-label={t('account.menu', { username })}
        title={username}
        className="flex shrink-0 items-center justify-center rounded-full outline-offset-2 hover:opacity-85 touch:-mr-[7px]"
      >
        <Avatar src={avatar} size={30} className="self-center" />
      </button>
      <div
        id="account-menu"
        popover="auto"
        className="header-panel w-[min(240px,calc(100vw-32px))] rounded-md border border-edge bg-raised p-1 text-ink"
      >
        <ul aria-label={t('account.menu', { username })}>
          <MenuLink href={`/u/${username}`} className="mb-1 border-b border-hair pb-1">
            <span className="truncate font-medium">{username}</span>
          </MenuLink>
          <MenuLink href="/me">{t('account.ownPastes')}</MenuLink>
          <MenuLink href="/shared">
            <SharedLabel label={t('account.shared')} unopened={unopened} text={text} />
          </MenuLink>
          <MenuLink href="/contacts">{t('account.contacts')}</MenuLink>
          <MenuLink href="/settings">{t('account.settings')}</MenuLink>
          {role === 'user' ? null : <MenuLink href="/admin/reports">{t('account.reports')}</MenuLink>}
          {role === 'admin' ? <MenuLink href="/admin">{t('account.admin')}</MenuLink> : null}
          <li className="mt-1 border-t border-hair pt-1">
            <SignOutForm>
              <button type="submit" className="menu-item">
                {t('account.signOut')}
              </button>
            </SignOutForm>
          </li>
        </ul>
      </div>
    </>
  );
}
