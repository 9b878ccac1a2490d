'use client';

import { useId } from 'react';
import { useFormState } from '@/components/actions/server-form';

interface RadioFieldProps {
  name: string;
  legend: string;
  options: readonly { value: string; label: string; hint: string }[];
  /** Empty if nothing is chosen yet. */
  chosen: string;
}

/** A few alternatives, of which one must be chosen. */
export function RadioField({ name, legend, options, chosen }: RadioFieldProps) {
  const { state } = useFormState();
  const id = useId();
  const fault = state.fields[name];
  return (
    <fieldset aria-describedby={fault ? `${id}-error` : undefined}>
      <legend className="mb-1.5 text-sm font-medium">{legend}</legend>
      <div className="flex flex-wrap gap-x-6 gap-y-2">
        {options.map(({ value, label, hint }) => (
          <label key={value} className="flex items-baseline gap-2 text-sm touch:min-h-11 touch:items-center">
            <input
              type="radio"
              name={name}
              value={value}
              required
              defaultChecked={value === (state.values[name] ?? chosen)}
              className="size-4 shrink-0 translate-y-0.5 accent-accent touch:translate-y-0"
            />
            <span>
              {label} <span className="text-muted">{hint}</span>
            </span>
          </label>
        ))}
      </div>
      {fault ? (
        <p id={`${id}-error`} role="alert" tabIndex={-1} className="mt-1.5 text-xs text-danger">
          {fault}
        </p>
      ) : null}
    </fieldset>
  );
}
