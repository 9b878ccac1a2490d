'use client';

import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';

const ShareSheet = lazy(() => import('./share-sheet'));

interface ShareSheetOpenerProps {
  slug: string;
  url: string;
  /** The most people that a paste can be shared with. */
  max: number;
  /** The button that copies the link. */
  children: ReactNode;
}

/** Opens the sheet in place of the share panel and of the page, which are for browsers without a script. */
export function ShareSheetOpener({ slug, url, max, children }: ShareSheetOpenerProps) {
  const [isOpen, setIsOpen] = useState(false);

  useEffect(() => {
    function click(event: MouseEvent) {
      if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      if (!(event.target instanceof Element)) return;
      if (!event.target.closest(`[popovertarget="share-panel"], a[href="/${slug}/share"]`)) return;
      event.preventDefault();
      setIsOpen(true);
    }
    document.addEventListener('click', click);
    return () => document.removeEventListener('click', click);
  }, [slug]);

  if (!isOpen) return null;
  return (
    <Suspense>
      <ShareSheet slug={slug} url={url} max={max} onClosed={() => setIsOpen(false)}>
        {children}
      </ShareSheet>
    </Suspense>
  );
}
