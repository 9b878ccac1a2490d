import type { PageText } from '@/lib/core/i18n/page-text';
import { setting } from '@/lib/core/settings/stored-settings';
import type { Theme } from '@/lib/core/theme';
import { decideBrowse } from '@/lib/pastes/policy';
import { AccountMenu, type AccountMenuProps, type ShownUser } from './account-menu';
import { KeyboardHelp } from './keyboard-help';
import { Mark } from './mark';
import { Preferences } from './preferences';
import { SharedLabel } from './shared-label';

const LINK = 'tap whitespace-nowrap hover:text-ink aria-[current]:text-ink';

export interface SiteHeaderProps {
  theme: Theme;
  /** Path and query of the page. */
  path: string;
  /** The signed-in user. */
  user: ShownUser | null;
  /** How many shared pastes the user has not opened. */
  unopened: number;
  text: PageText;
}

/*
 * Links between pages are plain anchors throughout: the data of a client-side navigation does not contain a
 * paste's text, and a page loads faster than the router.
 */
export function SiteHeader({ theme, path, user, unopened, text }: SiteHeaderProps) {
  const { t } = text;
  return (
    <header className="no-print gutter flex min-h-[52px] shrink-0 flex-wrap items-center gap-x-5 border-b border-hair max-sm:gap-x-3">
      <a
        href="#main"
        className="sr-only z-10 rounded-md bg-raised px-3 py-2 text-accent focus:not-sr-only focus:absolute focus:top-2 focus:left-2"
      >
        {t('site.skip')}
      </a>
      <a href="/" className="tap gap-2 font-[650] tracking-[-0.01em] [overflow-wrap:anywhere]">
        <Mark />
        {setting('instance_name')}
      </a>
      <nav
        aria-label={t('site.nav')}
        className="ml-auto flex flex-wrap items-center gap-x-3.5 text-sm text-muted sm:gap-x-5"
      >
        <a href="/" data-shortcut="n" className="tap whitespace-nowrap hover:text-ink max-[359px]:sr-only">
          {t('site.new')}
        </a>
        {user === null ? null : <MemberLinks path={path} unopened={unopened} text={text} />}
        {decideBrowse(user) === 'allowed' ? (
          <a href="/explore" aria-current={currentIn('/explore', path)} className={LINK}>
            {t('site.explore')}
          </a>
        ) : null}
        <span className="flex">
          <KeyboardHelp text={text} />
          <Preferences theme={theme} path={path} text={text} />
        </span>
        <AccountMenu path={path} user={user} unopened={unopened} text={text} />
      </nav>
    </header>
  );
}

/** Where a member's pastes and people are; narrow windows have them in the account menu only. */
function MemberLinks({ path, unopened, text }: Omit<AccountMenuProps, 'user'>) {
  const { t } = text;
  const links = [
    { href: '/me', label: t('site.pastes') },
    { href: '/contacts', label: t('site.contacts') },
    { href: '/shared', label: t('site.shared'), count: unopened },
  ];
  return links.map(({ href, label, count = 0 }) => (
    <a key={href} href={href} aria-current={currentIn(href, path)} className={`${LINK} max-md:hidden`}>
      <SharedLabel label={label} unopened={count} text={text} />
    </a>
  ));
}

/** `page` where the link leads to the page itself, `true` where it leads to the list the page is part of. */
function currentIn(href: string, path: string): 'page' | 'true' | undefined {
  const [pathname = ''] = path.split('?');
  if (pathname === href) return 'page';
  return pathname.startsWith(`${href}/`) ? 'true' : undefined;
}
