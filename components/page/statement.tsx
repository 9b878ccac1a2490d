import type { ReactNode } from 'react';
import { PageHeading } from '@/components/page/page-heading';
import { PageMain } from '@/components/page/page-main';

/** A page with one statement: not found, or not available now. */
export function Statement({
  title,
  detail,
  children,
}: {
  title: string;
  detail: string;
  children?: ReactNode;
}) {
  return (
    <PageMain width="column">
      <svg
        width="31"
        height="34"
        viewBox="8.5 4.5 31 34"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinejoin="round"
        className="mb-5 text-muted"
        aria-hidden="true"
      >
        <path d="M9.5 13.5v24h19" strokeDasharray="2 3" />
        <path d="M14.5 9.5v24h19" strokeDasharray="2 3" />
        <path d="M19.5 5.5h12l7 7v17h-19z" strokeDasharray="2 3" />
      </svg>
      <PageHeading className="text-balance">{title}</PageHeading>
      <p className="mt-3 text-lg text-muted">{detail}</p>
      {children ? <div className="mt-7 flex flex-wrap items-center gap-3">{children}</div> : null}
    </PageMain>
  );
}
