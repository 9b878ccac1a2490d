'use client';

import { useId } from 'react';
import { NOT_POSTED } from '@/components/actions/form-state';
import { type FormAction, useServerForm } from '@/components/actions/use-server-form';
import { buttonVariants } from '@/components/ui/button-variants';

const LINE = 'line.';

export interface ImportFormProps {
  action: FormAction;
  maxBytes: number;
  words: {
    file: string;
    rest: string;
    submit: string;
    lines: string;
    firstOnes: string;
    tooLarge: string;
    unreachable: string;
  };
  /** How many faults are listed at most. */
  listed: number;
}

/** A file to import. One that is too large is refused before it is sent: the server would close the connection. */
export function ImportForm({ action, maxBytes, words, listed }: ImportFormProps) {
  const { state, isBusy, postAction, send, setAnswer } = useServerForm(action, words.unreachable);
  const id = useId();
  const lines = Object.entries(state.fields).filter(([name]) => name.startsWith(LINE));
  const fault = state.fields.file ?? (lines.length === 0 ? state.sentence : null);

  function sendIfSmall(form: FormData) {
    const file = form.get('file');
    if (!(file instanceof File) || file.size <= maxBytes) return send(form);
    setAnswer({ ...NOT_POSTED, outcome: 'error', fields: { file: words.tooLarge } });
  }

  return (
    <form
      action={postAction}
      aria-busy={isBusy}
      className="mt-4 flex flex-col items-start gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        sendIfSmall(new FormData(event.currentTarget));
      }}
    >
      {lines.length === 0 ? null : (
        <div className="w-full rounded-md bg-danger-wash px-4 py-3 text-sm">
          <p role="alert" className="font-medium text-danger">
            {state.sentence}
          </p>
          <ul aria-label={words.lines} className="mt-1.5">
            {lines.map(([name, sentence]) => (
              <li key={name} className="py-0.5">
                {sentence}
              </li>
            ))}
          </ul>
          {lines.length < listed ? null : <p className="mt-1 text-muted">{words.firstOnes}</p>}
        </div>
      )}
      <div className="flex w-full flex-col gap-1.5">
        <label htmlFor={id} className="text-sm font-medium">
          {words.file}
        </label>
        <input
          id={id}
          type="file"
          name="file"
          accept=".vcf,.vcard,.csv,.tsv,.txt,text/vcard,text/x-vcard,text/csv"
          aria-invalid={fault ? true : undefined}
          aria-describedby={fault ? `${id}-error` : undefined}
          className="w-full max-w-full text-sm text-muted file:mr-3 file:h-9 file:cursor-pointer touch:file:h-11 file:rounded-md file:border file:border-edge file:bg-raised file:px-3 file:text-sm file:font-medium file:text-ink"
        />
        {fault ? (
          <p id={`${id}-error`} role="alert" className="text-sm text-danger">
            {fault}
          </p>
        ) : null}
      </div>
      <label className="flex items-start gap-2.5 text-sm touch:py-3">
        <input type="checkbox" name="rest" className="mt-[3px] size-4 shrink-0 accent-accent" />
        {words.rest}
      </label>
      <button type="submit" aria-busy={isBusy} className={buttonVariants({ variant: 'primary', size: 'lg' })}>
        {words.submit}
      </button>
    </form>
  );
}
