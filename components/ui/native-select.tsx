import type { ComponentProps } from 'react';
import { cn } from './class-names';

/** The platform's own select: it works everywhere, also without JavaScript. */
export function NativeSelect({ className, children, ...props }: ComponentProps<'select'>) {
  return (
    <span className="relative inline-flex min-w-0 items-center">
      <select
        className={cn(
          'h-9 w-full min-w-0 appearance-none truncate rounded-md border border-transparent bg-transparent',
          'pr-7 pl-2 text-sm text-ink hover:bg-wash aria-invalid:border-danger [&_option]:bg-raised',
          className,
        )}
        {...props}
      >
        {children}
      </select>
      <svg
        className="pointer-events-none absolute right-2 text-muted"
        width="10"
        height="10"
        viewBox="0 0 10 10"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
      >
        <path d="M2 3.5 5 6.5 8 3.5" />
      </svg>
    </span>
  );
}
