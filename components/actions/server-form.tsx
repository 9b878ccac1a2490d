'use client';

import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { type FormState, NOT_POSTED } from './form-state';
import { unshownFaults } from './unshown-faults';
import { type FormAction, useServerForm } from './use-server-form';

interface ServerFormContext {
  state: FormState;
  isBusy: boolean;
}

export const FormContext = createContext<ServerFormContext>({ state: NOT_POSTED, isBusy: false });

/** The result of the last submission, for the fields and buttons of a form. */
export function useFormState(): ServerFormContext {
  return useContext(FormContext);
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
  const summary = useRef<HTMLParagraphElement>(null);
  const [unshown, setUnshown] = useState(state.unasked.join(' '));
  const sentence = [state.sentence, unshown].filter(Boolean).join(' ');

  // A fault may be at a field that this form does not have. The page of a plain post says so itself.
  useLayoutEffect(() => {
    const others = [...(form.current?.children ?? [])].filter((part) => part !== summary.current);
    const shown = others.map(({ textContent }) => textContent).join(' ');
    setUnshown(unshownFaults(state.fields, shown).join(' '));
  }, [state]);

  useEffect(() => {
    if (state.outcome !== 'error' && unshown === '') return;
    const fault = form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [role="alert"]');
    fault?.focus();
  }, [state, unshown]);

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
      {sentence === '' ? null : (
        <p
          ref={summary}
          role={state.outcome === 'error' ? 'alert' : 'status'}
          tabIndex={-1}
          className={`w-full text-sm ${state.outcome === 'error' ? 'text-danger' : 'text-accent'}`}
        >
          {sentence}
        </p>
      )}
      <FormContext.Provider value={{ state, isBusy }}>{children}</FormContext.Provider>
    </form>
  );
}
