'use client';

import { type ComponentProps, useId, useRef } from 'react';
import { useFormState } from '@/components/actions/server-form';
import { FieldError } from '@/components/ui/field-error';
import { useKeptText } from '@/components/ui/use-kept-text';

export interface TextAreaFieldProps extends Omit<ComponentProps<'textarea'>, 'id' | 'name' | 'className'> {
  name: string;
  label: string;
  hint: string;
}

/** Like `TextField`, for several lines. */
export function TextAreaField({ name, label, hint, defaultValue, ...textarea }: TextAreaFieldProps) {
  const { state } = useFormState();
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  useKeptText(id, field);
  const fault = state.fields[name];
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <textarea
        {...textarea}
        ref={field}
        id={id}
        name={name}
        defaultValue={state.values[name] ?? defaultValue}
        aria-invalid={fault ? true : undefined}
        aria-describedby={fault ? `${id}-hint ${id}-error` : `${id}-hint`}
        className="w-full rounded-md border border-edge bg-raised px-3 py-2 text-base aria-invalid:border-danger"
      />
      <p id={`${id}-hint`} className="text-xs text-muted">
        {hint}
      </p>
      <FieldError id={`${id}-error`}>{fault}</FieldError>
    </div>
  );
}
