'use client';

import { useEffect } from 'react';
import { watchLines } from './aids/lines';
import { showLocalTimes } from './aids/local-times';
import { watchPlace } from './aids/place';
import { watchTools } from './aids/tools';

/** What a script adds to a page that is complete without it. */
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
