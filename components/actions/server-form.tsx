'use client';

import { createContext, type ReactNode, useContext, useEffect, useRef } from 'react';
import { type FormState, NOT_POSTED } from './form-state';
import { type FormAction, useServerForm } from './use-server-form';

interface ServerFormContext {
  state: FormState;
  isBusy: boolean;
}

const Context = createContext<ServerFormContext>({ state: NOT_POSTED, isBusy: false });

/** The result of the last submission, for the fields and buttons of a form. */
export function useFormState(): ServerFormContext {
  return useContext(Context);
}

export interface ServerFormProps {
  action: FormAction;
  unreachable: string;
  /** See `useServerForm`. */
  leaving?: (href: string) => void;
  className?: string;
  autoComplete?: 'off';
  'aria-label'?: string;
  children: ReactNode;
}

/**
 * A form whose faults appear beside its fields (see `TextField`), and above them as a sentence. Posted by
 * the browser itself it does the same; the first field at fault then has the focus.
 */
export function ServerForm({ action, unreachable, leaving, className, children, ...rest }: ServerFormProps) {
  const { state, isBusy, postAction, send } = useServerForm(action, unreachable, leaving);
  const form = useRef<HTMLFormElement>(null);

  useEffect(() => {
    if (state.outcome !== 'error') return;
    const fault = form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [role="alert"]');
    fault?.focus();
  }, [state]);

  return (
    <form
      {...rest}
      ref={form}
      action={postAction}
      aria-busy={isBusy}
      className={className}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const { submitter } = event.nativeEvent as SubmitEvent;
        send(new FormData(event.currentTarget, submitter));
      }}
    >
      {state.sentence === null ? null : (
        <p
          role={state.outcome === 'error' ? 'alert' : 'status'}
          tabIndex={-1}
          className={`w-full text-sm ${state.outcome === 'error' ? 'text-danger' : 'text-accent'}`}
        >
          {state.sentence}
        </p>
      )}
      <Context.Provider value={{ state, isBusy }}>{children}</Context.Provider>
    </form>
  );
}
