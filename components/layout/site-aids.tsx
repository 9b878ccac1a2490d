'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { watchCopyButtons } from '@/components/ui/copy-clicks';
import { watchPostedForms } from '@/components/ui/posted-forms';
import { watchListKeys } from './aids/list-keys';
import { watchPreferences } from './aids/preferences';
import { watchShortcuts } from './aids/shortcuts';

/** Enhancements by script of what every page has. */
export function SiteAids() {
  const { refresh } = useRouter();

  useEffect(() => {
    const stops = [
      watchShortcuts(),
      watchListKeys(),
      watchCopyButtons(),
      watchPostedForms(),
      watchPreferences(refresh),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [refresh]);

  return null;
}
