import { watchPreferences } from '@/components/layout/aids/preferences';
import { watchShortcuts } from '@/components/layout/aids/shortcuts';
import { watchCopyButtons } from '@/components/ui/copy-clicks';
import { watchReading } from './aids/watch-reading';

/** The whole script of the pages that the front renders; on pages of Next, React components do the same. */
function start(): void {
  watchShortcuts();
  watchCopyButtons();
  watchPreferences(() => window.location.reload());
  watchReading();
}

// In the task after the first frame, so that the text does not wait for it. A page in the background draws none.
if (document.visibilityState === 'hidden') start();
else requestAnimationFrame(() => setTimeout(start));
