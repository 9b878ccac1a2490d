'use client';

import { type ComponentType, type ReactNode, useEffect, useState } from 'react';
import type { ShareSheetProps } from './share-sheet';

interface ShareSheetOpenerProps {
  slug: string;
  url: string;
  /** The most people that a paste can be shared with. */
  max: number;
  /** The button that copies the link. */
  children: ReactNode;
}

/**
 * Opens the sheet in place of the share panel and of the page, which are for browsers without a script, and where the
 * script of the sheet cannot be loaded.
 */
export function ShareSheetOpener({ slug, url, max, children }: ShareSheetOpenerProps) {
  const [sheet, setSheet] = useState<{ Sheet: ComponentType<ShareSheetProps> } | null>(null);

  useEffect(() => {
    async function open(opener: HTMLElement) {
      opener.setAttribute('aria-busy', 'true');
      try {
        const { ShareSheet } = await import('./share-sheet');
        setSheet({ Sheet: ShareSheet });
      } catch {
        if (opener instanceof HTMLAnchorElement) window.location.assign(opener.href);
        else document.getElementById('share-panel')?.showPopover();
      } finally {
        opener.removeAttribute('aria-busy');
      }
    }

    function click(event: MouseEvent) {
      if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      if (!(event.target instanceof Element)) return;
      const opener = event.target.closest<HTMLElement>(
        `[popovertarget="share-panel"], a[href="/${slug}/share"]`,
      );
      if (!opener) return;
      event.preventDefault();
      if (!opener.hasAttribute('aria-busy')) void open(opener);
    }
    document.addEventListener('click', click);
    return () => document.removeEventListener('click', click);
  }, [slug]);

  if (!sheet) return null;
  return (
    <sheet.Sheet slug={slug} url={url} max={max} onClosed={() => setSheet(null)}>
      {children}
    </sheet.Sheet>
  );
}
