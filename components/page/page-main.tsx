import type { ReactNode } from 'react';
import { cn } from '@/components/ui/class-names';

/**
 * Both begin at the same left edge. Pages that show or take a text are as wide as the window and do not use this
 * component.
 */
const WIDTHS = { column: 'page-column', wide: 'page-wide' } as const;

interface PageMainProps {
  /** `wide` for lists and tables, `column` for one form or statement. */
  width: keyof typeof WIDTHS;
  /** A notice about the last action. */
  notice?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** The content of a page, between the header and the footer of the site. */
export function PageMain({ width, notice, className, children }: PageMainProps) {
  return (
    <main id="main" className="flex min-w-0 grow flex-col">
      {notice}
      <div className="gutter grow pt-8 pb-12">
        <div className={cn(WIDTHS[width], className)}>{children}</div>
      </div>
    </main>
  );
}
