'use client';

import { useEffect, useRef } from 'react';
import { buttonVariants } from '@/components/ui/button-variants';
import { cn } from '@/components/ui/class-names';
import { CopyButton } from '@/components/ui/copy-button';

export interface CopyFieldProps {
  id: string;
  label: string;
  value: string;
  button: { label: string; copied: string; failed: string };
  hint?: string;
  /** Selected when the page opens, with the button focused. */
  isFirst?: boolean;
}

/** A text to select, with a button that copies it. */
export function CopyField({ id, label, value, button, hint, isFirst = false }: CopyFieldProps) {
  const row = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!isFirst) return;
    row.current?.querySelector('input')?.select();
    row.current?.querySelector('button')?.focus();
  }, [isFirst]);

  return (
    <>
      <label htmlFor={id} className={isFirst ? 'sr-only' : 'text-xs text-muted'}>
        {label}
      </label>
      <div ref={row} className="flex flex-wrap gap-2">
        <input
          id={id}
          readOnly
          // biome-ignore lint/a11y/noAutofocus: copying this link is the purpose of the page
          autoFocus={isFirst}
          value={value}
          aria-describedby={hint === undefined ? undefined : `${id}-hint`}
          spellCheck={false}
          onFocus={(event) => event.currentTarget.select()}
          className={cn(
            'h-10 min-w-0 grow rounded-md border border-edge bg-raised px-3 font-mono',
            isFirst ? 'basis-[20rem] text-lg' : 'basis-[12rem] text-code',
          )}
        />
        <span className="needs-script shrink-0 max-sm:grow max-sm:[&_button]:w-full">
          <CopyButton
            {...button}
            text={value}
            className={buttonVariants({ variant: isFirst ? 'primary' : 'plain', size: 'lg' })}
          />
        </span>
      </div>
      {hint === undefined ? null : (
        <p id={`${id}-hint`} className={cn('text-xs text-muted', isFirst ? 'mt-2.5' : 'mt-1')}>
          {hint}
        </p>
      )}
    </>
  );
}
