'use client';

import { useEffect } from 'react';
import { showLocalTimes } from './aids/local-times';

/** For pages where exact times are the only thing that needs a script. */
export function LocalTimes() {
  useEffect(showLocalTimes, []);
  return null;
}
