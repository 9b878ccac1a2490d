'use client';

import { useEffect } from 'react';

/** `secret-script.ts` for pages of Next, which do the rest of it themselves. */
export function SecretAids() {
  useEffect(() => {
    let stop: (() => void) | undefined;
    let isOver = false;
    void import('./open-page').then(({ openPage }) => {
      if (isOver) return;
      stop = openPage({
        open: () => new Worker(new URL('./open-worker.ts', import.meta.url), { type: 'module' }),
        view: () => new Worker(new URL('./view-worker.ts', import.meta.url), { type: 'module' }),
        qr: () => import('../qr-code'),
      });
    });
    return () => {
      isOver = true;
      stop?.();
    };
  }, []);
  return null;
}
