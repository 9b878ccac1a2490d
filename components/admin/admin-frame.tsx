import type { ReactNode } from 'react';
import { shownSession } from '@/components/layout/shown-session';
import { PageHeading } from '@/components/page/page-heading';
import { PageMain } from '@/components/page/page-main';
import { LocalTimes } from '@/components/reading/local-times';
import { getPageText } from '@/components/request/page-text';
import { TabLink } from '@/components/ui/tab-link';
import { decideAccess } from '@/lib/accounts/sign-in/access';
import { ADMIN_PAGES, type AdminPageName } from './admin-pages';

interface AdminFrameProps {
  current: AdminPageName;
  /** In place of those of the page. */
  heading?: string;
  description?: ReactNode;
  /** Above the page: what was done last. */
  notice?: ReactNode;
  children: ReactNode;
}

/** A page for moderators and admins, below the links to the others that their role may open. */
export async function AdminFrame({ current, heading, description, notice, children }: AdminFrameProps) {
  const { t } = await getPageText();
  const role = (await shownSession())?.user.role ?? null;
  const { texts } = ADMIN_PAGES[current];
  return (
    <PageMain width="wide" notice={notice}>
      <PageHeading>{heading ?? t(`${texts}.heading`)}</PageHeading>
      <nav aria-label={t('admin.tabs.label')} className="tab-row">
        {Object.entries(ADMIN_PAGES).map(([name, { href, access }]) =>
          decideAccess(role, access) === 'granted' ? (
            <TabLink key={name} href={href} isCurrent={name === current}>
              {t(`admin.tabs.${name as AdminPageName}`)}
            </TabLink>
          ) : null,
        )}
      </nav>
      <p className="mt-5 text-muted">{description ?? t(`${texts}.description`)}</p>
      {children}
      <LocalTimes />
    </PageMain>
  );
}
