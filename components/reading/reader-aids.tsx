'use client';

import { useEffect } from 'react';
import { untilEnded } from '@/components/ui/until-ended';
import { watchShare } from './aids/share';
import { watchReading } from './aids/watch-reading';

/** Enhancements by script; the page is complete without them. */
export function ReaderAids() {
  useEffect(() => {
    return untilEnded((signal) => {
      watchReading(signal);
      watchShare(() => import('./qr-code'), signal);
    });
  }, []);
  return null;
}
