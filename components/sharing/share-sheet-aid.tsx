'use client';

import { useEffect } from 'react';
import { watchShareSheet } from '@/components/reading/aids/share-sheet';
import { untilEnded } from '@/components/ui/until-ended';

/** On the page of one's own paste: what leads to its sharing opens a sheet. */
export function ShareSheetAid() {
  useEffect(() => untilEnded((signal) => watchShareSheet(() => import('./open-share-sheet'), signal)), []);
  return null;
}
