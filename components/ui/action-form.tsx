'use client';

import type { ReactNode } from 'react';
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
  return (
    <form
      action={postAction}
      aria-busy={isBusy}
      className={className}
      onSubmit={(event) => {
        event.preventDefault();
        send(new FormData(event.currentTarget));
      }}
    >
      {state.sentence === null ? null : (
        <p role="alert" className="w-full text-sm text-danger">
          {state.sentence}
        </p>
      )}
      {children}
    </form>
  );
}
