'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { watchCopyButtons } from '@/components/ui/copy-clicks';
import { watchPostedForms } from '@/components/ui/posted-forms';
import { untilEnded } from '@/components/ui/until-ended';
import { watchListKeys } from './aids/list-keys';
import { watchPreferences } from './aids/preferences';
import { watchShortcuts } from './aids/shortcuts';

/** Enhancements by script of what every page has. */
export function SiteAids() {
  const { refresh } = useRouter();

  useEffect(() => {
    return untilEnded((signal) => {
      watchShortcuts(signal);
      watchListKeys(signal);
      watchCopyButtons(signal);
      watchPostedForms(signal);
      watchPreferences(refresh, signal);
    });
  }, [refresh]);

  return null;
}
