import type { ReactNode } from 'react';
import { cn } from '@/components/ui/class-names';

/** The one heading of a page. */
export function PageHeading({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <h1 className={cn('text-2xl leading-tight font-[620] tracking-[-0.015em] wrap-anywhere', className)}>
      {children}
    </h1>
  );
}
