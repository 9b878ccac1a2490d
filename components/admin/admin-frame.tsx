import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { PageHeading } from '@/components/page/page-heading';
import { LocalTimes } from '@/components/reading/local-times';
import { decideAccess } from '@/lib/accounts/sign-in/access';
import type { Role } from '@/lib/generated/prisma/enums';

const PAGES = {
  reports: { href: '/admin/reports', access: 'moderator' },
  approvals: { href: '/admin/approvals', access: 'moderator' },
  blocked: { href: '/admin/blocked', access: 'moderator' },
  users: { href: '/admin', access: 'admin' },
  settings: { href: '/admin/settings', access: 'admin' },
  audit: { href: '/admin/audit', access: 'admin' },
  status: { href: '/admin/status', access: 'admin' },
} as const;

interface AdminFrameProps {
  current: keyof typeof PAGES;
  role: Role;
  heading: string;
  description: ReactNode;
  /** Above the page: what was done last. */
  notice: ReactNode;
  children: ReactNode;
}

/** A page for moderators and admins, below the links to the others that their role may open. */
export async function AdminFrame({ current, role, heading, description, notice, children }: AdminFrameProps) {
  const t = await getTranslations('admin');
  return (
    <>
      {notice}
      <main id="main" className="gutter flex grow flex-col pt-8 pb-10">
        <div className="mx-auto w-full max-w-[820px]">
          <PageHeading>{heading}</PageHeading>
          <nav
            aria-label={t('tabs.label')}
            className="mt-4 flex flex-wrap gap-x-5 border-b border-hair text-sm sm:gap-x-7"
          >
            {Object.entries(PAGES).map(([name, { href, access }]) =>
              decideAccess(role, access) === 'granted' ? (
                <a
                  key={name}
                  href={href}
                  aria-current={name === current ? 'page' : undefined}
                  className="-mb-px border-b-2 border-transparent py-2.5 whitespace-nowrap text-muted hover:text-ink touch:py-3 aria-[current]:border-accent aria-[current]:font-medium aria-[current]:text-ink"
                >
                  {t(`tabs.${name as keyof typeof PAGES}`)}
                </a>
              ) : null,
            )}
          </nav>
          <p className="mt-5 text-muted">{description}</p>
          {children}
        </div>
        <LocalTimes />
      </main>
    </>
  );
}
