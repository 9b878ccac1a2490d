'use client';

import { useState } from 'react';
import { takeMarkup } from './markup-handover';

/** HTML rendered on the server and kept by the browser; see `markup-handover.ts`. */
export function ServedMarkup({ token, className }: { token: string; className: string }) {
  // In the browser, React leaves the content of such an element unchanged.
  const [html] = useState(() => (typeof window === 'undefined' ? takeMarkup(token) : ''));
  return (
    // biome-ignore lint/security/noDangerouslySetInnerHtml: escaped by lib/text/highlight
    <div className={className} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: html }} />
  );
}
