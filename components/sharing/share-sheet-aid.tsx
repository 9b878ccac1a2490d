'use client';

import { useEffect } from 'react';
import { watchShareSheet } from '@/components/reading/aids/share-sheet';

/** On the page of one's own paste: what leads to its sharing opens a sheet. */
export function ShareSheetAid() {
  useEffect(() => watchShareSheet(() => import('./open-share-sheet')), []);
  return null;
}
