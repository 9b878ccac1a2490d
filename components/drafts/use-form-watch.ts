'use client';

import { type RefObject, useEffect, useEffectEvent } from 'react';

const SETTLED_AFTER_MS = 300;
/** Where reading the form is slow, it is read less often. */
const IDLE_FACTOR = 10;
const SETTLED_WITHIN_MS = 3_000;

/**
 * Calls back when the form has been changed and then left alone for a moment, and whenever the page is left or
 * hidden: what was typed before the page came to life has caused no event here.
 */
export function useFormWatch(form: RefObject<HTMLFormElement | null>, onSettled: () => void): void {
  const settled = useEffectEvent(onSettled);

  useEffect(() => {
    const element = form.current;
    if (!element) return;
    const stopped = new AbortController();
    // Before the question whether to leave, which depends on what could be kept.
    const listening = { signal: stopped.signal, capture: true };
    let timer: ReturnType<typeof setTimeout> | undefined;
    let took = 0;
    const settle = () => {
      clearTimeout(timer);
      const start = performance.now();
      settled();
      took = performance.now() - start;
    };
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(settle, Math.min(SETTLED_AFTER_MS + took * IDLE_FACTOR, SETTLED_WITHIN_MS));
    };
    element.addEventListener('input', wait, listening);
    element.addEventListener('change', wait, listening);
    document.addEventListener(
      'visibilitychange',
      () => {
        if (document.visibilityState === 'hidden') settle();
      },
      listening,
    );
    window.addEventListener('beforeunload', settle, listening);
    window.addEventListener('pagehide', settle, listening);
    return () => {
      clearTimeout(timer);
      stopped.abort();
    };
  }, [form]);
}
