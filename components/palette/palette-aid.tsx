'use client';

import { useEffect } from 'react';
import { watchPalette } from '@/components/layout/aids/palette';
import { untilEnded } from '@/components/ui/until-ended';

/** Opens the palette at its key. */
export function PaletteAid() {
  useEffect(() => untilEnded((signal) => watchPalette(() => import('./open-palette'), signal)), []);
  return null;
}
