'use client';

import { type ReactNode, useEffect, useState } from 'react';
import { watchPaletteKey } from './palette-key';

/** Opens the palette, which is loaded when it is first asked for. */
export function PaletteAid() {
  const [palette, setPalette] = useState<ReactNode>(null);

  useEffect(() => {
    let isOpening = false;
    return watchPaletteKey(async () => {
      if (isOpening || document.querySelector('dialog[open]')) return;
      isOpening = true;
      try {
        const { loadPalette } = await import('./load-palette');
        setPalette(await loadPalette(() => setPalette(null)));
      } catch {
        // Without a connection there is none; everything it offers is elsewhere too.
      } finally {
        isOpening = false;
      }
    });
  }, []);

  return palette;
}
