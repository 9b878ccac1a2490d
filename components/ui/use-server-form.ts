'use client';

import { useActionState, useEffect, useState, useTransition } from 'react';
import { NOT_SAVED_YET, type SaveState } from '@/lib/pastes/draft';

export type FormAction = (previous: SaveState, form: FormData) => Promise<SaveState>;

/**
 * A form that the browser can post by itself, and that JavaScript posts without leaving the page. A
 * server that does not answer is then a sentence, and whatever was typed stays.
 */
export function useServerForm(action: FormAction, unreachable: string) {
  const [posted, postAction] = useActionState(action, NOT_SAVED_YET);
  const [answer, setAnswer] = useState<SaveState | null>(null);
  const [isPending, startTransition] = useTransition();
  const state = answer ?? posted;
  const isBusy = isPending || state.href !== null;

  useEffect(() => {
    if (state.href !== null) window.location.assign(state.href);
  }, [state.href]);

  function send(form: FormData) {
    if (isBusy) return;
    startTransition(async () => {
      const next = await action(NOT_SAVED_YET, form).catch(() => null);
      startTransition(() => {
        setAnswer(next ?? { ...NOT_SAVED_YET, outcome: 'refused', sentence: unreachable });
      });
    });
  }

  return { state, isBusy, postAction, send, setAnswer };
}
