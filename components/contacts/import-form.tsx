'use client';

import { useId } from 'react';
import { NOT_POSTED } from '@/components/actions/form-state';
import { type FormAction, useServerForm } from '@/components/actions/use-server-form';
import { buttonVariants } from '@/components/ui/button-variants';

export interface ImportFormProps {
  action: FormAction;
  maxBytes: number;
  words: { file: string; submit: string; tooLarge: string; unreachable: string };
}

/** A file to import. One that is too large is refused before it is sent: the server would close the connection. */
export function ImportForm({ action, maxBytes, words }: ImportFormProps) {
  const { state, isBusy, postAction, send, setAnswer } = useServerForm(action, words.unreachable);
  const id = useId();
  const [fault = state.sentence] = Object.values(state.fields);

  function sendIfSmall(form: FormData) {
    const file = form.get('file');
    if (!(file instanceof File) || file.size <= maxBytes) return send(form);
    setAnswer({ ...NOT_POSTED, outcome: 'error', sentence: words.tooLarge });
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
      <div className="flex w-full flex-col gap-1.5">
        <label htmlFor={id} className="text-sm font-medium">
          {words.file}
        </label>
        <input
          id={id}
          type="file"
          name="file"
          accept=".vcf,.vcard,.csv,.tsv,.txt,text/vcard,text/x-vcard,text/csv"
          aria-invalid={fault === null ? undefined : true}
          aria-describedby={fault === null ? undefined : `${id}-error`}
          className="w-full max-w-full text-sm text-muted file:mr-3 file:h-9 file:cursor-pointer touch:file:h-11 file:rounded-md file:border file:border-edge file:bg-raised file:px-3 file:text-sm file:font-medium file:text-ink"
        />
        {fault === null ? null : (
          <p id={`${id}-error`} role="alert" className="text-sm text-danger">
            {fault}
          </p>
        )}
      </div>
      <button type="submit" aria-busy={isBusy} className={buttonVariants({ variant: 'primary', size: 'lg' })}>
        {words.submit}
      </button>
    </form>
  );
}
