'use client';

import { type ComponentProps, type ReactNode, useId } from 'react';
import { useFormState } from '@/components/actions/server-form';
import { cn } from './class-names';
import { FieldError } from './field-error';

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
  const { state } = useFormState();
  const id = useId();
  const fault = state.fields[name];
  const described = [hint === undefined ? '' : `${id}-hint`, fault ? `${id}-error` : ''].filter(Boolean);
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <div className="relative">
        <input
          {...input}
          id={id}
          name={name}
          defaultValue={state.values[name] ?? defaultValue}
          aria-invalid={fault ? true : undefined}
          aria-describedby={described.length > 0 ? described.join(' ') : undefined}
          className={cn(
            'h-10 w-full rounded-md border border-edge bg-raised px-3 text-base aria-invalid:border-danger',
            className,
          )}
        />
        {inside}
      </div>
      {below}
      {hint === undefined ? null : (
        <p id={`${id}-hint`} className="text-xs text-muted">
          {hint}
        </p>
      )}
      <FieldError id={`${id}-error`}>{fault}</FieldError>
    </div>
  );
}
