import type { PageText } from '@/lib/core/i18n/page-text';
import { setting } from '@/lib/core/settings/stored-settings';
import { decideBrowse, decideCreate } from '@/lib/pastes/policy';

const LINK = 'tap hover:text-ink hover:underline hover:underline-offset-3';

export function SiteFooter({ text: { t } }: { text: PageText }) {
  const notice = setting('notice');
  const links = [
    { href: '/docs', label: t('site.docs') },
    { href: '/abuse', label: t('site.abuse') },
    { href: setting('imprint_url'), label: t('site.imprint') },
    { href: setting('terms_url'), label: t('site.terms') },
    { href: setting('privacy_url'), label: t('site.privacy') },
  ];
  return (
    <footer className="no-print gutter mt-auto flex flex-wrap justify-between gap-x-8 gap-y-1 py-6 touch:py-3 text-xs text-muted">
      {notice === null ? null : <p className="mb-1 w-full text-ink">{notice}</p>}
      <p>{t('site.footer')}</p>
      <p className="flex flex-wrap items-center gap-x-5 gap-y-1">
        {isOpenToAll() ? <span>{t('site.promise')}</span> : null}
        {links.map(({ href, label }) =>
          href === null ? null : (
            <a key={href} href={href} className={LINK}>
              {label}
            </a>
          ),
        )}
      </p>
    </footer>
  );
}

function isOpenToAll(): boolean {
  const visitor = { user: null, role: 'user' } as const;
  return decideCreate(visitor) === 'allowed' && decideBrowse(null) !== 'members_only';
}
