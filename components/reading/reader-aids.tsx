'use client';

import { useEffect } from 'react';
import { watchShare } from './aids/share';
import { watchReading } from './aids/watch-reading';

/** Enhancements by script; the page is complete without them. */
export function ReaderAids() {
  useEffect(() => {
    const stops = [watchReading(), watchShare(() => import('./qr-code'))];
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
  return null;
}
