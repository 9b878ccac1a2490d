'use client';

import { useEffect, useEffectEvent, useState } from 'react';
import type { LaterAnswer } from './save-later';

const AGAIN_AFTER_MS = 10_000;

export type WaitingFor = 'unreachable' | 'unavailable';

type Final = Exclude<LaterAnswer, { kind: 'unreachable' } | { kind: 'unavailable' }>;

interface Sending<Save> {
  send: (save: Save, signal: AbortSignal) => Promise<LaterAnswer>;
  /** Not called for a save that was taken back. */
  onAnswer: (answer: Final, save: Save) => void;
}

/**
 * A save that is sent until the server answers, from this page only: at once, then every few seconds, and as soon as
 * the browser says that it is connected. What is sent stays as it was at first.
 */
export function useWaiting<Save>({ send, onAnswer }: Sending<Save>) {
  const [current, setCurrent] = useState<{ save: Save } | null>(null);
  const [waitingFor, setWaitingFor] = useState<WaitingFor | null>(null);

  function stop() {
    setCurrent(null);
    setWaitingFor(null);
  }

  const trySend = useEffectEvent(async (save: Save, signal: AbortSignal) => {
    const answer = await send(save, signal);
    if (signal.aborted) return;
    if (answer.kind === 'unreachable' || answer.kind === 'unavailable') {
      setWaitingFor(answer.kind);
      return;
    }
    stop();
    onAnswer(answer, save);
  });

  useEffect(() => {
    if (current === null) return;
    const stopped = new AbortController();
    const { signal } = stopped;
    let isTrying = false;
    const attempt = () => {
      if (isTrying) return;
      isTrying = true;
      void trySend(current.save, signal).finally(() => {
        isTrying = false;
      });
    };
    const timer = setInterval(attempt, AGAIN_AFTER_MS);
    window.addEventListener('online', attempt, { signal });
    window.addEventListener('beforeunload', (event) => event.preventDefault(), { signal });
    attempt();
    return () => {
      clearInterval(timer);
      stopped.abort();
    };
  }, [current]);

  return {
    isOn: current !== null,
    /** Why it is not sent yet; null before the first attempt has failed. */
    waitingFor,
    /** A save that is being sent already stays the one. */
    begin: (save: Save) => setCurrent((before) => before ?? { save }),
    stop,
  };
}
