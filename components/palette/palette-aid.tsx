'use client';

import { useEffect, useState } from 'react';
import { Palette } from './palette';
import type { PaletteWords } from './palette-entries';
import { watchPaletteKey } from './palette-key';

/** Opens the palette at its key. It takes what is typed at once, while its commands load. */
export function PaletteAid({ words }: { words: PaletteWords }) {
  const [isOpen, setIsOpen] = useState(false);

  useEffect(() => {
    return watchPaletteKey(() => {
      if (!document.querySelector('dialog[open]')) setIsOpen(true);
    });
  }, []);

  return isOpen ? <Palette words={words} onClose={() => setIsOpen(false)} /> : null;
}
