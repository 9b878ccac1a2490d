'use client';

import { type RefObject, useEffect, useEffectEvent } from 'react';

const SETTLED_AFTER_MS = 300;

/** Calls back when the form has been changed and then left alone for a moment, or the page is left. */
export function useFormWatch(form: RefObject<HTMLFormElement | null>, onSettled: () => void): void {
  const settled = useEffectEvent(onSettled);

  useEffect(() => {
    const element = form.current;
    if (!element) return;
    const stopped = new AbortController();
    const listening = { signal: stopped.signal };
    let timer: ReturnType<typeof setTimeout> | undefined;
    const flush = () => {
      if (timer === undefined) return;
      clearTimeout(timer);
      timer = undefined;
      settled();
    };
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(flush, SETTLED_AFTER_MS);
    };
    element.addEventListener('input', wait, listening);
    element.addEventListener('change', wait, listening);
    document.addEventListener('visibilitychange', flush, listening);
    window.addEventListener('pagehide', flush, listening);
    return () => {
      clearTimeout(timer);
      stopped.abort();
    };
  }, [form]);
}
