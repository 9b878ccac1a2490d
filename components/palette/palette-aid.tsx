'use client';

import { useEffect } from 'react';
import { watchPalette } from '@/components/layout/aids/palette';

/** Opens the palette at its key. */
export function PaletteAid() {
  useEffect(() => watchPalette(() => import('./open-palette')), []);
  return null;
}
