'use client';

import { useFormState } from '@/components/actions/server-form';
import { NativeSelect } from '@/components/ui/native-select';

interface ChoiceSelectProps {
  name: string;
  value: string;
  options: readonly { value: string; label: string }[];
  id?: string;
  'aria-label'?: string;
  'aria-describedby'?: string;
}

/** A select of a preview; refused, it is as it was left. */
export function ChoiceSelect({ name, value, options, ...rest }: ChoiceSelectProps) {
  const { state } = useFormState();
  return (
    <NativeSelect
      {...rest}
      name={name}
      defaultValue={state.values[name] ?? value}
      className="h-9 border-edge bg-raised"
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </NativeSelect>
  );
}
