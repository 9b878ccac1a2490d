'use client';

import { useRouter } from 'next/navigation';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { watchCopyButtons } from '@/components/ui/copy-clicks';
import { watchListKeys } from './aids/list-keys';
import { watchPaletteKey } from './aids/palette-key';
import { watchPreferences } from './aids/preferences';
import { watchShortcuts } from './aids/shortcuts';

/** Enhancements by script of what every page has. */
export function SiteAids() {
  const { refresh } = useRouter();
  const [palette, setPalette] = useState<ReactNode>(null);
  const isOpening = useRef(false);

  useEffect(() => {
    async function openPalette() {
      if (isOpening.current || document.querySelector('dialog[open]')) return;
      isOpening.current = true;
      try {
        const { loadPalette } = await import('@/components/palette/load-palette');
        setPalette(await loadPalette(() => setPalette(null)));
      } catch {
        // Without a connection there is none; everything it offers is elsewhere too.
      } finally {
        isOpening.current = false;
      }
    }
    const stops = [
      watchShortcuts(),
      watchListKeys(),
      watchCopyButtons(),
      watchPreferences(refresh),
      watchPaletteKey(openPalette),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [refresh]);

  return palette;
}
