import type { ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';

/**
 * Adds to the end of the page what React renders, on pages that the front renders without React as well. It is
 * there when this returns, so that no key that is pressed next is lost.
 * @param render gets what takes it away again
 */
export function mountIsland(render: (remove: () => void) => ReactNode): void {
  const place = document.body.appendChild(document.createElement('div'));
  const root = createRoot(place);
  function remove() {
    root.unmount();
    place.remove();
  }
  flushSync(() => root.render(render(remove)));
}
