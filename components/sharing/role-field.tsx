'use client';

import { useId } from 'react';
import { useFormState } from '@/components/actions/server-form';
import { FieldError } from '@/components/ui/field-error';
import { NativeSelect } from '@/components/ui/native-select';

interface RoleFieldProps {
  label: string;
  options: readonly { value: string; label: string }[];
}

/** The role of the people a paste is shared with. */
export function RoleField({ label, options }: RoleFieldProps) {
  const { state } = useFormState();
  const id = useId();
  const fault = state.fields.role;
  return (
    <div className="flex flex-col items-start gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <NativeSelect
        id={id}
        name="role"
        defaultValue={state.values.role ?? options[0]?.value}
        aria-invalid={fault ? true : undefined}
        aria-describedby={fault ? `${id}-error` : undefined}
        className="h-10 border-edge bg-raised"
      >
        {options.map(({ value, label: name }) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </NativeSelect>
      <FieldError id={`${id}-error`}>{fault}</FieldError>
    </div>
  );
}
