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
}

/** A select with its label, and the error of the last submission. */
export function SelectField({ name, label, placeholder, options }: SelectFieldProps) {
  const { state } = useFormState();
  const id = useId();
  const fault = state.fields[name];
  const labels = new Map(options.map((option) => [option.value, option.label]));
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <NativeSelect
        id={id}
        name={name}
        required
        defaultValue={state.values[name] ?? ''}
        aria-invalid={fault ? true : undefined}
        aria-describedby={fault ? `${id}-error` : undefined}
        className="h-10 border-edge bg-raised text-base"
      >
        <option value="">{placeholder}</option>
        <Options values={[...labels.keys()]} label={(value) => labels.get(value) ?? ''} />
      </NativeSelect>
      <FieldError id={`${id}-error`}>{fault}</FieldError>
    </div>
  );
}
