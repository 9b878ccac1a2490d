'use client';

import { useEffect } from 'react';
import { showLocalTimes } from './aids/local-times';

/** For pages of which the exact times are all that a script has to mend. */
export function LocalTimes() {
  useEffect(showLocalTimes, []);
  return null;
}
