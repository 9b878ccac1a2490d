'use client';

import { type ReactNode, useEffect, useRef } from 'react';
import { type FormAction, useServerForm } from '@/components/actions/use-server-form';
import { forgetKey } from '@/components/secret/known-keys';

export interface ActionFormProps {
  action: FormAction;
  unreachable: string;
  /** The slugs of the pastes that it deletes: this browser then forgets their keys. */
  deletes?: readonly string[];
  className?: string;
  children: ReactNode;
}

/** A form whose only answers are a new page, or a sentence above its buttons. */
export function ActionForm({ action, unreachable, deletes, className, children }: ActionFormProps) {
  const forgetKeys = () => deletes?.forEach(forgetKey);
  const { state, isBusy, postAction, send } = useServerForm(action, unreachable, forgetKeys);
  const form = useRef<HTMLFormElement>(null);
  const isRefused = state.outcome === 'error';
  const [fault = null] = Object.values(state.fields);
  const sentence = fault ?? state.sentence;

  // A form posted before the script had loaded comes back in its closed dialog.
  useEffect(() => {
    const dialog = isRefused ? form.current?.closest<HTMLElement>('[popover]') : null;
    if (dialog && !dialog.matches(':popover-open')) dialog.showPopover();
  }, [isRefused]);
  return (
    <form
      ref={form}
      action={postAction}
      aria-busy={isBusy}
      className={className}
      onSubmit={(event) => {
        event.preventDefault();
        send(new FormData(event.currentTarget));
      }}
    >
      {sentence === null ? null : (
        <p role="alert" className="w-full text-sm text-danger">
          {sentence}
        </p>
      )}
      {children}
    </form>
  );
}
