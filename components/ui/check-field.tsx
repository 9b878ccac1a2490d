'use client';

import { type ComponentProps, useId } from 'react';
import { useFormState } from '@/components/actions/server-form';
import { FieldError } from './field-error';

export interface CheckFieldProps extends Omit<ComponentProps<'input'>, 'id' | 'type' | 'className'> {
  name: string;
  label: string;
  hint?: string;
}

/** A checkbox; after a failed post without JavaScript it keeps its state, unless `checked` is given. */
export function CheckField({ name, label, hint, defaultChecked, ...input }: CheckFieldProps) {
  const { state } = useFormState();
  const id = useId();
  const fault = state.fields[name];
  const described = [hint === undefined ? '' : `${id}-hint`, fault ? `${id}-error` : ''].filter(Boolean);
  const kept = state.outcome === 'error' ? name in state.values : defaultChecked;
  return (
    <div className="relative flex items-start gap-2.5 touch:min-h-11 touch:py-2.5">
      <input
        {...(input.checked === undefined ? { defaultChecked: kept } : {})}
        {...input}
        id={id}
        type="checkbox"
        name={name}
        aria-invalid={fault ? true : undefined}
        aria-describedby={described.length > 0 ? described.join(' ') : undefined}
        className="mt-[3px] size-4 shrink-0 accent-accent"
      />
      <div>
        <label htmlFor={id} className="text-sm font-medium before:absolute before:inset-0">
          {label}
        </label>
        {hint === undefined ? null : (
          <p id={`${id}-hint`} className="text-xs text-muted">
            {hint}
          </p>
        )}
        <FieldError id={`${id}-error`}>{fault}</FieldError>
      </div>
    </div>
  );
}
