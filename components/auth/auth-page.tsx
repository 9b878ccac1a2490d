import type { ReactNode } from 'react';
import { PageHeading } from '@/components/page/page-heading';
import { PageMain } from '@/components/page/page-main';

export interface AuthPageProps {
  heading: string;
  lead?: ReactNode;
  /** A notice about the last action, above the page. */
  notice?: ReactNode;
  children?: ReactNode;
  /** Links to related pages. */
  others?: ReactNode;
}

/** One calm column, with fields that are no wider than what is typed into them. */
export function AuthPage({ heading, lead, notice, children, others }: AuthPageProps) {
  return (
    <PageMain width="column" notice={notice}>
      <PageHeading>{heading}</PageHeading>
      {lead ? <p className="mt-2 text-muted [overflow-wrap:anywhere]">{lead}</p> : null}
      <div className="mt-6 max-w-fields">{children}</div>
      {others ? (
        <div className="mt-7 flex max-w-fields flex-col gap-1.5 border-t border-hair pt-5 text-sm text-muted">
          {others}
        </div>
      ) : null}
    </PageMain>
  );
}
