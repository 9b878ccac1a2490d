'use client';

import { useEffect } from 'react';
import { watchLines } from './aids/lines';
import { showLocalTimes } from './aids/local-times';
import { watchPlace } from './aids/place';
import { watchTools } from './aids/tools';

/** Enhancements by script; the page is complete without them. */
export function ReaderAids() {
  useEffect(() => {
    showLocalTimes();
    const stops = [watchTools(), watchLines(), watchPlace()];
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
  return null;
}
