import type { ReactNode } from 'react';

interface TabLinkProps {
  href: string;
  isCurrent: boolean;
  children: ReactNode;
}

/** A link to one of the pages that stand side by side, in a row with the class `tab-row`. */
export function TabLink({ href, isCurrent, children }: TabLinkProps) {
  return (
    <a
      href={href}
      aria-current={isCurrent ? 'page' : undefined}
      className="shrink-0 border-b-2 border-transparent py-2.5 whitespace-nowrap text-muted hover:text-ink focus-visible:-outline-offset-2 touch:py-3 aria-[current]:border-accent aria-[current]:font-medium aria-[current]:text-ink"
    >
      {children}
    </a>
  );
}
