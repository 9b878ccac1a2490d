'use client';

import type { ReactNode } from 'react';
import { openPaletteAction } from './actions';
import { Palette } from './palette';

/** The palette for the current user, as a modal dialog. @throws if the server cannot be reached */
export async function loadPalette(onClose: () => void): Promise<ReactNode> {
  const setup = await openPaletteAction();
  return <Palette setup={setup} onClose={onClose} />;
}
