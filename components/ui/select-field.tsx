'use client';

import { cn } from './class-names';
import { FieldFrame, useField } from './field-frame';
import { NativeSelect } from './native-select';
import { Options } from './options';

interface SelectFieldProps {
  name: string;
  label: string;
  /** What stands in the field before anything is chosen; without it something always is. */
  placeholder?: string;
  options: readonly { value: string; label: string }[];
  /** Chosen at first; empty for the placeholder. */
  chosen?: string;
  hint?: string;
  /** Whether nothing may be chosen. */
  isOptional?: boolean;
  /** Of the select, and of the field with its texts. */
  className?: string;
  frameClassName?: string;
}

/** A select with its label, and the error of the last submission. */
export function SelectField(props: SelectFieldProps) {
  const { name, label, placeholder, options, chosen = '', hint, isOptional = false } = props;
  const { control, typed, texts } = useField(name, hint);
  const labels = new Map(options.map((option) => [option.value, option.label]));
  return (
    <FieldFrame label={label} texts={texts} className={props.frameClassName}>
      <NativeSelect
        {...control}
        required={placeholder !== undefined && !isOptional}
        defaultValue={typed ?? chosen}
        className={cn('h-10 border-edge bg-raised text-base', props.className)}
      >
        {placeholder === undefined ? null : <option value="">{placeholder}</option>}
        <Options values={[...labels.keys()]} label={(value) => labels.get(value) ?? ''} />
      </NativeSelect>
    </FieldFrame>
  );
}
