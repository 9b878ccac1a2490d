'use client';

import { type ReactNode, useId } from 'react';
import { useFormState } from '@/components/actions/server-form';
import { cn } from './class-names';
import { FieldError } from './field-error';

interface FieldTextsProps {
  id: string;
  hint: ReactNode;
  fault: string | undefined;
}

/** The attributes of a field, what was typed into it, and the texts that belong to it. */
export function useField(name: string, hint?: ReactNode) {
  const { state } = useFormState();
  const id = useId();
  const fault = state.fields[name];
  const described = [hint === undefined ? '' : `${id}-hint`, fault ? `${id}-error` : ''].filter(Boolean);
  return {
    control: {
      id,
      name,
      'aria-invalid': fault ? true : undefined,
      'aria-describedby': described.length > 0 ? described.join(' ') : undefined,
    },
    typed: state.values[name],
    texts: { id, hint, fault },
  };
}

/** The hint of a field, and the error of the last submission. */
export function FieldTexts({ id, hint, fault }: FieldTextsProps) {
  return (
    <>
      {hint === undefined ? null : (
        <p id={`${id}-hint`} className="text-xs text-muted">
          {hint}
        </p>
      )}
      <FieldError id={`${id}-error`}>{fault}</FieldError>
    </>
  );
}

interface FieldFrameProps {
  label: string;
  texts: FieldTextsProps;
  className?: string;
  children: ReactNode;
}

/** A field between its label and its texts. */
export function FieldFrame({ label, texts, className, children }: FieldFrameProps) {
  return (
    <div className={cn('flex flex-col gap-1.5', className)}>
      <label htmlFor={texts.id} className="text-sm font-medium">
        {label}
      </label>
      {children}
      <FieldTexts {...texts} />
    </div>
  );
}
