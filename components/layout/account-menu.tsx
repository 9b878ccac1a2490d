import { headers } from 'next/headers';
import { getTranslations } from 'next-intl/server';
import { logoutAction } from '@/components/auth/actions';
import { PAGE_PATH_HEADER } from '@/components/request/page-path';
import { Avatar } from '@/components/ui/avatar';
import { MenuLink } from '@/components/ui/menu-link';
import { ButtonForm } from '@/components/ui/page-form';
import { avatarUrl } from '@/lib/accounts/users/avatars';
import type { UserRecord } from '@/lib/core/caller';
import { shownSession } from './shown-session';
import { signInHrefFrom } from './sign-in-href';

/** Sign-in links or the user's own pages, in a native popover that needs no script. */
export async function AccountMenu() {
  const session = await shownSession();
  return session ? <Menu user={session.user} /> : <WayIn />;
}

async function WayIn() {
  const t = await getTranslations('account');
  const here = (await headers()).get(PAGE_PATH_HEADER) ?? '/';
  return (
    <>
      <a href={signInHrefFrom(here)} className="tap whitespace-nowrap text-ink hover:text-accent">
        {t('signIn')}
      </a>
      <a href="/register" className="tap whitespace-nowrap hover:text-ink max-md:hidden">
        {t('register')}
      </a>
    </>
  );
}

async function Menu({ user }: { user: UserRecord }) {
  const t = await getTranslations('account');
  const { username, role } = user;
  return (
    <>
      <button
        type="button"
        popoverTarget="account-menu"
        aria-label={t('menu', { username })}
        title={username}
        className="flex shrink-0 items-center justify-center rounded-full outline-offset-2 hover:opacity-85 touch:-mr-[7px]"
      >
        <Avatar src={avatarUrl(user)} size={30} className="self-center" />
      </button>
      <div
        id="account-menu"
        popover="auto"
        className="header-panel w-[min(240px,calc(100vw-32px))] rounded-md border border-edge bg-raised p-1 text-ink"
      >
        <ul aria-label={t('menu', { username })}>
          <MenuLink href={`/u/${username}`} className="mb-1 border-b border-hair pb-1">
            <span className="truncate font-medium">{username}</span>
          </MenuLink>
          <MenuLink href="/me">{t('ownPastes')}</MenuLink>
          <MenuLink href="/shared">{t('shared')}</MenuLink>
          <MenuLink href="/contacts">{t('contacts')}</MenuLink>
          <MenuLink href="/settings">{t('settings')}</MenuLink>
          {role === 'admin' ? <MenuLink href="/admin">{t('admin')}</MenuLink> : null}
          <li className="mt-1 border-t border-hair pt-1">
            <ButtonForm action={logoutAction}>
              <button type="submit" className="menu-item">
                {t('signOut')}
              </button>
            </ButtonForm>
          </li>
        </ul>
      </div>
    </>
  );
}
