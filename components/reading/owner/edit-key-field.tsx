'use client';

import { useEffect, useRef } from 'react';
import { type FormAction, useServerForm } from '@/components/actions/use-server-form';
import { buttonVariants } from '@/components/ui/button-variants';
import { FieldError } from '@/components/ui/field-error';

export interface EditKeyFieldProps {
  action: FormAction;
  words: { label: string; submit: string; unreachable: string };
}

export function EditKeyField({ action, words }: EditKeyFieldProps) {
  const { state, isBusy, postAction, send } = useServerForm(action, words.unreachable);
  const input = useRef<HTMLInputElement>(null);
  const [fault = state.sentence ?? undefined] = Object.values(state.fields);

  useEffect(() => {
    if (state.outcome === 'error') input.current?.focus();
  }, [state]);

  return (
    <form
      action={postAction}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send(new FormData(event.currentTarget));
      }}
    >
      <label htmlFor="edit-key" className="mb-1.5 block text-sm font-medium">
        {words.label}
      </label>
      <div className="mb-1.5 flex flex-wrap gap-2">
        <input
          ref={input}
          id="edit-key"
          name="edit_key"
          // biome-ignore lint/a11y/noAutofocus: the only field of a page with one purpose
          autoFocus
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          aria-invalid={fault === undefined ? undefined : true}
          aria-describedby={fault === undefined ? undefined : 'edit-key-error'}
          className="h-10 min-w-0 grow basis-[8rem] rounded-md border border-edge bg-raised px-3 font-mono text-code aria-invalid:border-danger"
        />
        <button
          type="submit"
          aria-busy={isBusy}
          className={buttonVariants({ variant: 'primary', size: 'lg' })}
        >
          {words.submit}
        </button>
      </div>
      <FieldError id="edit-key-error">{fault}</FieldError>
    </form>
  );
}
