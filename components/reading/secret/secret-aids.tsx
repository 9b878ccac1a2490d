'use client';

import { useEffect } from 'react';
import { untilEnded } from '@/components/ui/until-ended';

/** `secret-script.ts` for pages of Next, which do the rest of it themselves. */
export function SecretAids() {
  useEffect(() => {
    return untilEnded(async (signal) => {
      const { openPage } = await import('./open-page');
      if (signal.aborted) return;
      const modules = {
        open: () => new Worker(new URL('./open-worker.ts', import.meta.url), { type: 'module' }),
        view: () => new Worker(new URL('./view-worker.ts', import.meta.url), { type: 'module' }),
        qr: () => import('../qr-code'),
      };
      openPage(modules, signal);
    });
  }, []);
  return null;
}
