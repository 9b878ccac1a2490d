'use client';

import { useEffect, useEffectEvent, useState } from 'react';

const AGAIN_AFTER_MS = 10_000;

/**
 * A save that waits for the network, in this tab only.
 * @param send tries it; returns whether it has to wait on
 */
export function useWaiting<T>(send: (save: T) => Promise<boolean>) {
  const [waiting, setWaiting] = useState<{ save: T } | null>(null);

  const trySend = useEffectEvent(async () => {
    if (waiting === null || !navigator.onLine) return;
    if (!(await send(waiting.save))) setWaiting(null);
  });

  useEffect(() => {
    if (waiting === null) return;
    let isTrying = false;
    const attempt = () => {
      if (isTrying) return;
      isTrying = true;
      void trySend().finally(() => {
        isTrying = false;
      });
    };
    const timer = setInterval(attempt, AGAIN_AFTER_MS);
    window.addEventListener('online', attempt);
    attempt();
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', attempt);
    };
  }, [waiting]);

  return {
    isWaiting: waiting !== null,
    wait: (save: T) => setWaiting({ save }),
    stop: () => setWaiting(null),
  };
}
