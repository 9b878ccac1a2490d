'use client';

import { useEffect } from 'react';
import { watchReading } from './aids/watch-reading';

/** Enhancements by script; the page is complete without them. */
export function ReaderAids() {
  useEffect(() => watchReading(), []);
  return null;
}
