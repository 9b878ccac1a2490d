'use client';

import type { ComponentProps } from 'react';
import { useFormState } from '@/components/actions/server-form';
import { FieldTexts, useField } from './field-frame';

export interface CheckFieldProps extends Omit<ComponentProps<'input'>, 'id' | 'type' | 'className'> {
  name: string;
  label: string;
  hint?: string;
}

/** A checkbox; after a failed post without JavaScript it keeps its state, unless `checked` is given. */
export function CheckField({ name, label, hint, defaultChecked, ...input }: CheckFieldProps) {
  const { state } = useFormState();
  const { control, texts } = useField(name, hint);
  const kept = state.outcome === 'error' ? name in state.values : defaultChecked;
  return (
    <div className="relative flex items-start gap-2.5 touch:min-h-11 touch:py-2.5">
      <input
        {...(input.checked === undefined ? { defaultChecked: kept } : {})}
        {...input}
        {...control}
        type="checkbox"
        className="mt-[3px] size-4 shrink-0 accent-accent"
      />
      <div>
        <label htmlFor={texts.id} className="text-sm font-medium before:absolute before:inset-0">
          {label}
        </label>
        <FieldTexts {...texts} />
      </div>
    </div>
  );
}
