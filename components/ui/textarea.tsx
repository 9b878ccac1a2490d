import type { ComponentProps } from 'react';
import { cn } from './class-names';

export function Textarea({ className, ...props }: ComponentProps<'textarea'>) {
  return (
    <textarea
      className={cn(
        'quiet-focus block w-full resize-none bg-raised text-ink aria-invalid:bg-danger-wash',
        className,
      )}
      {...props}
    />
  );
}
