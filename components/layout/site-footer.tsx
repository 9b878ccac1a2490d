import { env } from '@/lib/core/env';
import type { PageText } from '@/lib/core/i18n/page-text';
import { decideBrowse, decideCreate } from '@/lib/pastes/policy';

const LINK = 'tap hover:text-ink hover:underline hover:underline-offset-3';

export function SiteFooter({ text: { t } }: { text: PageText }) {
  const { NOTICE, IMPRINT_URL, TERMS_URL, PRIVACY_URL } = env();
  const links = [
    { href: '/docs', label: t('site.docs') },
    { href: '/abuse', label: t('site.abuse') },
    { href: IMPRINT_URL, label: t('site.imprint') },
    { href: TERMS_URL, label: t('site.terms') },
    { href: PRIVACY_URL, label: t('site.privacy') },
  ];
  return (
    <footer className="no-print gutter mt-auto flex flex-wrap justify-between gap-x-8 gap-y-1 py-6 touch:py-3 text-xs text-muted">
      {NOTICE === undefined ? null : <p className="mb-1 w-full text-ink">{NOTICE}</p>}
      <p>{t('site.footer')}</p>
      <p className="flex flex-wrap items-center gap-x-5 gap-y-1">
        {isOpenToAll() ? <span>{t('site.promise')}</span> : null}
        {links.map(({ href, label }) =>
          href === undefined ? null : (
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
