'use client';

import { type ComponentProps, useRef } from 'react';
import { useKeptText } from '@/components/ui/use-kept-text';
import { FieldFrame, useField } from './field-frame';

export interface TextAreaFieldProps extends Omit<ComponentProps<'textarea'>, 'id' | 'name' | 'className'> {
  name: string;
  label: string;
  hint: string;
}

/** Like `TextField`, for several lines. */
export function TextAreaField({ name, label, hint, defaultValue, ...textarea }: TextAreaFieldProps) {
  const { control, typed, texts } = useField(name, hint);
  const field = useRef<HTMLTextAreaElement>(null);
  useKeptText(control.id, field);
  return (
    <FieldFrame label={label} texts={texts}>
      <textarea
        {...textarea}
        {...control}
        ref={field}
        defaultValue={typed ?? defaultValue}
        className="w-full rounded-md border border-edge bg-raised px-3 py-2 text-base aria-invalid:border-danger"
      />
    </FieldFrame>
  );
}
