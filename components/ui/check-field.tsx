'use client';

import { useId } from 'react';
import { useFormState } from '@/components/actions/server-form';

export interface CheckFieldProps {
  name: string;
  label: string;
  hint: string;
  defaultChecked: boolean;
}

/** A checkbox; after a failed post without JavaScript it keeps its state. */
export function CheckField({ name, label, hint, defaultChecked }: CheckFieldProps) {
  const { state } = useFormState();
  const id = useId();
  return (
    <div className="relative flex items-start gap-2.5 touch:min-h-11">
      <input
        id={id}
        type="checkbox"
        name={name}
        defaultChecked={state.outcome === 'error' ? name in state.values : defaultChecked}
        aria-describedby={`${id}-hint`}
        className="mt-[3px] size-4 shrink-0 accent-accent"
      />
      <div>
        <label htmlFor={id} className="text-sm font-medium before:absolute before:inset-0">
          {label}
        </label>
        <p id={`${id}-hint`} className="text-xs text-muted">
          {hint}
        </p>
      </div>
    </div>
  );
}
