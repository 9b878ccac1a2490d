'use client';

import { useId } from 'react';
import { NOT_POSTED } from '@/components/actions/form-state';
import { type FormAction, useServerForm } from '@/components/actions/use-server-form';
import { buttonVariants } from './button-variants';
import { cn } from './class-names';

export interface FileFormProps {
  action: FormAction;
  name: string;
  accept: string;
  maxBytes: number;
  /** Whether the form is what its page is for: then it is larger. */
  isMain?: boolean;
  words: { label: string; hint?: string; submit: string; tooLarge: string; unreachable: string };
}

/** Uploads a file. One that is too large is refused before it is sent: the server would close the connection. */
export function FileForm({ action, name, accept, maxBytes, isMain = false, words }: FileFormProps) {
  const { state, isBusy, postAction, send, setAnswer } = useServerForm(action, words.unreachable);
  const id = useId();
  const [fault = state.sentence] = Object.values(state.fields);
  const described = [words.hint === undefined ? '' : `${id}-hint`, fault ? `${id}-error` : ''].filter(
    Boolean,
  );

  function sendIfSmall(form: FormData) {
    const file = form.get(name);
    if (!(file instanceof File) || file.size <= maxBytes) return send(form);
    setAnswer({ ...NOT_POSTED, outcome: 'error', sentence: words.tooLarge });
  }

  return (
    <form
      action={postAction}
      aria-busy={isBusy}
      className={cn('flex flex-col items-start', isMain ? 'mt-4 gap-4' : 'gap-3.5')}
      onSubmit={(event) => {
        event.preventDefault();
        sendIfSmall(new FormData(event.currentTarget));
      }}
    >
      <div className="flex w-full flex-col gap-1.5">
        <label htmlFor={id} className="text-sm font-medium">
          {words.label}
        </label>
        <input
          id={id}
          type="file"
          name={name}
          accept={accept}
          aria-invalid={fault ? true : undefined}
          aria-describedby={described.length > 0 ? described.join(' ') : undefined}
          className="w-full max-w-full text-sm text-muted file:mr-3 file:h-9 file:cursor-pointer touch:file:h-11 file:rounded-md file:border file:border-edge file:bg-raised file:px-3 file:text-sm file:font-medium file:text-ink"
        />
        {words.hint === undefined ? null : (
          <p id={`${id}-hint`} className="text-xs text-muted">
            {words.hint}
          </p>
        )}
        {fault ? (
          <p id={`${id}-error`} role="alert" className={`${isMain ? 'text-sm' : 'text-xs'} text-danger`}>
            {fault}
          </p>
        ) : null}
      </div>
      <button
        type="submit"
        aria-busy={isBusy}
        className={buttonVariants(isMain ? { variant: 'primary', size: 'lg' } : {})}
      >
        {words.submit}
      </button>
    </form>
  );
}
