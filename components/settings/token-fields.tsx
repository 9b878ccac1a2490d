'use client';

import { useId } from 'react';
import { useFormState } from '@/components/actions/server-form';
import { CopyField } from '@/components/reading/copy-field';
import { buttonVariants } from '@/components/ui/button-variants';
import { FieldError } from '@/components/ui/field-error';
import { SelectField } from '@/components/ui/select-field';
import { TextField } from '@/components/ui/text-field';

interface Choice {
  value: string;
  label: string;
}

export interface TokenFieldsProps {
  /** Whether the limit of tokens is reached. */
  isFull: boolean;
  scopes: readonly (Choice & { explain: string })[];
  lifetimes: readonly Choice[];
  defaultLifetime: string;
  words: {
    name: string;
    nameHint: string;
    scopes: string;
    lifetime: string;
    make: string;
    full: string;
    token: string;
    done: string;
    copy: { label: string; copied: string; failed: string };
  };
}

/** The fields of a new token; once it is created, the token in their place. */
export function TokenFields({ isFull, scopes, lifetimes, defaultLifetime, words }: TokenFieldsProps) {
  const { state } = useFormState();
  const id = useId();
  const { made } = state.values;

  if (state.outcome === 'saved' && made !== undefined) {
    return (
      <div className="w-full">
        <CopyField id="made-token" label={words.token} value={made} button={words.copy} isFirst />
        <a href="/settings/tokens" className={`${buttonVariants({ variant: 'quiet' })} mt-2 -ml-3`}>
          {words.done}
        </a>
      </div>
    );
  }

  if (isFull) return <p className="text-muted">{words.full}</p>;

  const fault = state.fields.scopes;
  return (
    <>
      <TextField
        name="name"
        label={words.name}
        hint={words.nameHint}
        autoComplete="off"
        dir="auto"
        required
      />
      <fieldset
        className="w-full"
        aria-invalid={fault ? true : undefined}
        aria-describedby={fault ? `${id}-error` : undefined}
        tabIndex={fault ? -1 : undefined}
      >
        <legend className="mb-1.5 text-sm font-medium">{words.scopes}</legend>
        {scopes.map(({ value, label, explain }) => (
          <div key={value} className="relative py-1.5">
            <label className="flex w-fit items-center gap-2.5 before:absolute before:inset-0">
              <input
                type="checkbox"
                name={`scope:${value}`}
                defaultChecked={`scope:${value}` in state.values}
                aria-describedby={`${id}-${value}`}
                className="size-4 shrink-0 accent-accent"
              />
              <span className="font-mono text-code">{label}</span>
            </label>
            <p id={`${id}-${value}`} className="pl-[26px] text-xs text-muted">
              {explain}
            </p>
          </div>
        ))}
        <FieldError id={`${id}-error`}>{fault}</FieldError>
      </fieldset>
      <SelectField
        name="lifetime"
        label={words.lifetime}
        options={lifetimes}
        chosen={defaultLifetime}
        className="pl-3"
        frameClassName="w-full max-w-[240px]"
      />
      <button type="submit" className={buttonVariants({ variant: 'primary' })}>
        {words.make}
      </button>
    </>
  );
}
