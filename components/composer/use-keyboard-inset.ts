'use client';

import { useEffect } from 'react';

/**
 * Sets `--keyboard-inset` on the root element: how many pixels of the page the on-screen keyboard covers. It stays
 * 0 in browsers that follow the viewport's `interactive-widget` and resize the page; Safari does not.
 */
export function useKeyboardInset(): void {
  useEffect(() => {
    const { visualViewport: viewport, document } = window;
    if (!viewport) return;
    const { style } = document.documentElement;
    const measure = () => {
      // A pinch zoom also makes the visual viewport smaller.
      const covered = viewport.scale > 1 ? 0 : window.innerHeight - viewport.height - viewport.offsetTop;
      style.setProperty('--keyboard-inset', `${Math.max(0, Math.round(covered))}px`);
    };
    measure();
    viewport.addEventListener('resize', measure);
    viewport.addEventListener('scroll', measure);
    return () => {
      viewport.removeEventListener('resize', measure);
      viewport.removeEventListener('scroll', measure);
      style.removeProperty('--keyboard-inset');
    };
  }, []);
}
