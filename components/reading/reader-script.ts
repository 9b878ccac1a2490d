import { watchPreferences } from '@/components/layout/aids/preferences';
import { watchShortcuts } from '@/components/layout/aids/shortcuts';
import { watchCopyButtons } from '@/components/ui/copy-clicks';
import { watchPostedForms } from '@/components/ui/posted-forms';
import { watchShare } from './aids/share';
import { watchReading } from './aids/watch-reading';

/** The address of qr-code.ts, set by scripts/build.ts. */
declare const QR_CODE: string;

/** The whole script of the pages that the front renders; on pages of Next, React components do the same. */
function start(): void {
  watchShortcuts();
  watchCopyButtons();
  watchPostedForms();
  watchPreferences(() => window.location.reload());
  watchReading();
  watchShare(() => import(QR_CODE) as Promise<typeof import('./qr-code')>);
}

// In the task after the first frame, so that the text does not wait for it. A page in the background draws none.
if (document.visibilityState === 'hidden') start();
else requestAnimationFrame(() => setTimeout(start));
