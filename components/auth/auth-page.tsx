import type { ReactNode } from 'react';
import { PageHeading } from '@/components/page/page-heading';

export interface AuthPageProps {
  heading: string;
  lead?: ReactNode;
  /** A notice about the last action, above the page. */
  notice?: ReactNode;
  children?: ReactNode;
  /** Links to related pages. */
  others?: ReactNode;
}

/** One calm column. */
export function AuthPage({ heading, lead, notice, children, others }: AuthPageProps) {
  return (
    <main id="main" className="flex grow flex-col">
      {notice}
      <div className="gutter pt-10 pb-12 sm:pt-[clamp(40px,10vh,104px)]">
        <div className="mx-auto w-full max-w-[380px]">
          <PageHeading>{heading}</PageHeading>
          {lead ? <p className="mt-2 text-muted [overflow-wrap:anywhere]">{lead}</p> : null}
          <div className="mt-6">{children}</div>
          {others ? (
            <div className="mt-7 flex flex-col gap-1.5 border-t border-hair pt-5 text-sm text-muted">
              {others}
            </div>
          ) : null}
        </div>
      </div>
    </main>
  );
}
