'use client';

import { useId } from 'react';
import { useFormState } from '@/components/actions/server-form';
import { FieldError } from './field-error';
import { NativeSelect } from './native-select';
import { Options } from './options';

interface SelectFieldProps {
  name: string;
  label: string;
  /** What stands in the field before anything is chosen. */
  placeholder: string;
  options: readonly { value: string; label: string }[];
  /** Chosen at first; empty for none. */
  chosen?: string;
  hint?: string;
  /** Whether nothing may be chosen. */
  isOptional?: boolean;
}

/** A select with its label, and the error of the last submission. */
export function SelectField(props: SelectFieldProps) {
  const { name, label, placeholder, options, chosen = '', hint, isOptional = false } = props;
  const { state } = useFormState();
  const id = useId();
  const fault = state.fields[name];
  const described = [hint === undefined ? '' : `${id}-hint`, fault ? `${id}-error` : ''].filter(Boolean);
  const labels = new Map(options.map((option) => [option.value, option.label]));
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <NativeSelect
        id={id}
        name={name}
        required={!isOptional}
        defaultValue={state.values[name] ?? chosen}
        aria-invalid={fault ? true : undefined}
        aria-describedby={described.length > 0 ? described.join(' ') : undefined}
        className="h-10 border-edge bg-raised text-base"
      >
        <option value="">{placeholder}</option>
        <Options values={[...labels.keys()]} label={(value) => labels.get(value) ?? ''} />
      </NativeSelect>
      {hint === undefined ? null : (
        <p id={`${id}-hint`} className="text-xs text-muted">
          {hint}
        </p>
      )}
      <FieldError id={`${id}-error`}>{fault}</FieldError>
    </div>
  );
}
