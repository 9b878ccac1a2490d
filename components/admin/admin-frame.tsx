import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { PageHeading } from '@/components/page/page-heading';
import { PageMain } from '@/components/page/page-main';
import { LocalTimes } from '@/components/reading/local-times';
import { TabLink } from '@/components/ui/tab-link';
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
    <PageMain width="wide" notice={notice}>
      <PageHeading>{heading}</PageHeading>
      <nav aria-label={t('tabs.label')} className="tab-row">
        {Object.entries(PAGES).map(([name, { href, access }]) =>
          decideAccess(role, access) === 'granted' ? (
            <TabLink key={name} href={href} isCurrent={name === current}>
              {t(`tabs.${name as keyof typeof PAGES}`)}
            </TabLink>
          ) : null,
        )}
      </nav>
      <p className="mt-5 text-muted">{description}</p>
      {children}
      <LocalTimes />
    </PageMain>
  );
}
