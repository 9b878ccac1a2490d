'use client';

import { useId } from 'react';
import { NOT_POSTED } from '@/components/actions/form-state';
import { type FormAction, useServerForm } from '@/components/actions/use-server-form';
import { buttonVariants } from '@/components/ui/button-variants';

export interface AvatarFormProps {
  action: FormAction;
  maxBytes: number;
  words: { label: string; hint: string; submit: string; tooLarge: string; unreachable: string };
}

/** Uploads a picture; a file that is too large is rejected before it is sent: the server would close the connection. */
export function AvatarForm({ action, maxBytes, words }: AvatarFormProps) {
  const { state, isBusy, postAction, send, setAnswer } = useServerForm(action, words.unreachable);
  const id = useId();
  const [fault = state.sentence] = Object.values(state.fields);

  function sendIfSmall(form: FormData) {
    const image = form.get('image');
    if (!(image instanceof File) || image.size <= maxBytes) return send(form);
    setAnswer({ ...NOT_POSTED, outcome: 'error', fields: { image: words.tooLarge } });
  }

  return (
    <form
      action={postAction}
      aria-busy={isBusy}
      className="flex flex-col items-start gap-1.5"
      onSubmit={(event) => {
        event.preventDefault();
        sendIfSmall(new FormData(event.currentTarget));
      }}
    >
      <label htmlFor={id} className="text-sm font-medium">
        {words.label}
      </label>
      <input
        id={id}
        type="file"
        name="image"
        accept="image/jpeg,image/png,image/webp"
        aria-invalid={fault ? true : undefined}
        aria-describedby={fault ? `${id}-hint ${id}-error` : `${id}-hint`}
        className="w-full max-w-full text-sm text-muted file:mr-3 file:h-9 file:cursor-pointer touch:file:h-11 file:rounded-md file:border file:border-edge file:bg-raised file:px-3 file:text-sm file:font-medium file:text-ink"
      />
      <p id={`${id}-hint`} className="text-xs text-muted">
        {words.hint}
      </p>
      {fault ? (
        <p id={`${id}-error`} role="alert" className="text-xs text-danger">
          {fault}
        </p>
      ) : null}
      <button type="submit" className={`${buttonVariants()} mt-2`}>
        {words.submit}
      </button>
    </form>
  );
}
