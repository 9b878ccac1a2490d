'use client';

import { useEffect } from 'react';

/**
 * Keeps `--keyboard-inset` on the root element: how many pixels of the page an on-screen keyboard covers. It is 0
 * in browsers that resize the page for the keyboard, as the viewport's `interactive-widget` asks; Safari does not.
 */
export function useKeyboardInset(): void {
  useEffect(() => {
    const { visualViewport: viewport, document } = window;
    if (!viewport) return;
    const { style } = document.documentElement;
    const measure = () => {
      // Zoomed in by hand, the page shows a part of itself for another reason.
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
