import type { ComponentProps } from 'react';
import { cn } from './class-names';

export function Textarea({ className, ...props }: ComponentProps<'textarea'>) {
  return (
    <textarea
      className={cn(
        'block w-full resize-none bg-raised text-ink focus-visible:outline-offset-[-2px]',
        'aria-invalid:outline-2 aria-invalid:outline-danger aria-invalid:outline-offset-[-2px]',
        className,
      )}
      {...props}
    />
  );
}
