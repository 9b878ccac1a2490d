'use client';

import { useActionState, useEffect, useEffectEvent, useRef, useState, useTransition } from 'react';
import { readToEnd } from './answer-read';
import { type FormState, NOT_POSTED } from './form-state';
import { leavePage } from './leave-page';

export type FormAction = (previous: FormState, form: FormData) => Promise<FormState>;

/**
 * A form that the browser can post by itself, and that JavaScript posts without leaving the page. A
 * server that does not answer is then shown as an error, and the typed text stays.
 * @param leaving what is to be done before the page at `href` replaces this one
 */
export function useServerForm(
  action: FormAction,
  unreachable: string,
  leaving: (href: string) => void = () => {},
) {
  const [posted, postAction] = useActionState(action, NOT_POSTED);
  const [answer, setAnswer] = useState<FormState | null>(null);
  const [isPending, startTransition] = useTransition();
  const isLeaving = useRef(false);
  const state = answer ?? posted;
  const isBusy = isPending || state.href !== null;

  function leave(href: string) {
    if (isLeaving.current) return;
    isLeaving.current = true;
    leaving(href);
    leavePage(href);
  }

  const leaveTo = useEffectEvent(leave);
  useEffect(() => {
    if (state.href !== null) leaveTo(state.href);
  }, [state.href]);

  /** As `send`, for work that leads to an answer of the server. */
  function run(work: () => Promise<FormState>) {
    if (isBusy) return;
    startTransition(async () => {
      const next = await work().catch(() => null);
      // Not left to the effect: signing out takes away the very form that did it.
      if (next && next.href !== null) leave(next.href);
      startTransition(() => {
        setAnswer(next ?? { ...NOT_POSTED, outcome: 'error', sentence: unreachable });
      });
    });
  }

  const send = (form: FormData) => run(() => readToEnd(() => action(NOT_POSTED, form)));

  return { state, isBusy, postAction, send, run, setAnswer };
}
