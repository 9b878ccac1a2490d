'use client';

import { useActionState, useEffect, useRef, useState, useTransition } from 'react';
import { type FormState, NOT_POSTED } from '@/lib/forms/form-state';

export type FormAction = (previous: FormState, form: FormData) => Promise<FormState>;

/**
 * A form that the browser can post by itself, and that JavaScript posts without leaving the page. A
 * server that does not answer is then a sentence, and whatever was typed stays.
 */
export function useServerForm(action: FormAction, unreachable: string) {
  const [posted, postAction] = useActionState(action, NOT_POSTED);
  const [answer, setAnswer] = useState<FormState | null>(null);
  const [isPending, startTransition] = useTransition();
  const isLeaving = useRef(false);
  const state = answer ?? posted;
  const isBusy = isPending || state.href !== null;

  useEffect(() => {
    if (state.href !== null && !isLeaving.current) window.location.assign(state.href);
  }, [state.href]);

  function send(form: FormData) {
    if (isBusy) return;
    startTransition(async () => {
      const next = await action(NOT_POSTED, form).catch(() => null);
      if (next && next.href !== null) {
        // No effect may follow: signing out takes away the very form that did it.
        isLeaving.current = true;
        window.location.assign(next.href);
      }
      startTransition(() => {
        setAnswer(next ?? { ...NOT_POSTED, outcome: 'refused', sentence: unreachable });
      });
    });
  }

  return { state, isBusy, postAction, send, setAnswer };
}
