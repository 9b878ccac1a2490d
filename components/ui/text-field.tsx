'use client';

import type { ComponentProps, ReactNode } from 'react';
import { cn } from './class-names';
import { FieldFrame, useField } from './field-frame';

export interface TextFieldProps extends Omit<ComponentProps<'input'>, 'id' | 'name'> {
  name: string;
  label: string;
  hint?: ReactNode;
  /** Overlays the end of the field; reserve space with `className`. */
  inside?: ReactNode;
  /** Follows the field closely. */
  below?: ReactNode;
}

/** A text input with its label, a hint, and the error of the last submission. */
export function TextField(props: TextFieldProps) {
  const { name, label, hint, inside, below, defaultValue, className, ...input } = props;
  const { control, typed, texts } = useField(name, hint);
  return (
    <FieldFrame label={label} texts={texts}>
      <div className="relative">
        <input
          {...input}
          {...control}
          defaultValue={typed ?? defaultValue}
          className={cn(
            'h-10 w-full rounded-md border border-edge bg-raised px-3 text-base aria-invalid:border-danger',
            className,
          )}
        />
        {inside}
      </div>
      {below}
    </FieldFrame>
  );
}
