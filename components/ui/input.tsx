import type { ComponentProps } from 'react';
import { cn } from './class-names';

export function Input({ className, ...props }: ComponentProps<'input'>) {
  return (
    <input
      className={cn(
        'h-9 min-w-0 rounded-md border border-edge bg-raised px-2.5 text-[15px] text-ink',
        'hover:border-muted focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-offset-0',
        'aria-invalid:border-danger aria-invalid:focus-visible:outline-danger',
        className,
      )}
      {...props}
    />
  );
}
