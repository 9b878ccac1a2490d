'use client';

import { useActionState, useState, useTransition } from 'react';
import { NOT_POSTED } from '@/components/actions/form-state';
import type { FormAction } from '@/components/actions/use-server-form';
import { cn } from '@/components/ui/class-names';

export interface StarFormProps {
  id: string;
  isStarred: boolean;
  action: FormAction;
  label: string;
  /** This page of the list, to return to. */
  back: string;
}

/** The star of a contact. With JavaScript only the star changes; the list is sorted again on the next load. */
export function StarForm({ id, isStarred, action, label, back }: StarFormProps) {
  const [isOn, setOn] = useState(isStarred);
  const [isPending, startTransition] = useTransition();
  const [, postAction] = useActionState(action, NOT_POSTED);

  function send(form: FormData) {
    if (isPending) return;
    setOn(!isOn);
    startTransition(async () => {
      const state = await action(NOT_POSTED, form).catch(() => null);
      if (state?.href) window.location.assign(state.href);
      else if (state?.outcome !== 'saved') startTransition(() => setOn(isOn));
    });
  }

  return (
    <form
      action={postAction}
      className="relative z-1 -my-1.5 -ml-2.5 shrink-0"
      onSubmit={(event) => {
        event.preventDefault();
        send(new FormData(event.currentTarget));
      }}
    >
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="favorite" value={String(!isOn)} />
      <input type="hidden" name="back" value={back} />
      <button
        type="submit"
        aria-label={label}
        aria-pressed={isOn}
        aria-busy={isPending}
        title={label}
        className={cn(
          'flex size-9 items-center justify-center rounded-md hover:bg-wash',
          isOn ? 'text-accent' : 'text-muted',
        )}
      >
        <svg
          width="17"
          height="17"
          viewBox="0 0 20 20"
          fill={isOn ? 'currentColor' : 'none'}
          stroke="currentColor"
          strokeWidth="1.25"
          strokeLinejoin="round"
          aria-hidden="true"
        >
          <path d="m10 2.6 2.3 4.7 5.2.7-3.8 3.7.9 5.2-4.6-2.5-4.6 2.5.9-5.2L2.5 8l5.2-.7z" />
        </svg>
      </button>
    </form>
  );
}
