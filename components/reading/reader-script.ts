import { type PaletteModule, watchPalette } from '@/components/layout/aids/palette';
import { watchPreferences } from '@/components/layout/aids/preferences';
import { watchShortcuts } from '@/components/layout/aids/shortcuts';
import { watchCopyButtons } from '@/components/ui/copy-clicks';
import { watchPostedForms } from '@/components/ui/posted-forms';
import { watchShare } from './aids/share';
import { type ShareSheetModule, watchShareSheet } from './aids/share-sheet';
import { watchReading } from './aids/watch-reading';

/** Addresses of qr-code.ts, open-palette.tsx and open-share-sheet.tsx, set by scripts/build.ts. */
declare const QR_CODE: string;
declare const PALETTE: string;
declare const SHARE_SHEET: string;

/** The whole script of the pages that the front renders; on pages of Next, React components do the same. */
function start(): void {
  watchShortcuts();
  watchCopyButtons();
  watchPostedForms();
  watchPreferences(() => window.location.reload());
  watchPalette(() => import(PALETTE) as Promise<PaletteModule>);
  watchReading();
  watchShareSheet(() => import(SHARE_SHEET) as Promise<ShareSheetModule>);
  watchShare(() => import(QR_CODE) as Promise<typeof import('./qr-code')>);
}

// After the second frame, which begins once the first one, with the text, is on the screen. Started earlier, the script
// would delay that on a slow phone. A page in the background draws no frames.
if (document.visibilityState === 'hidden') start();
else requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(start)));
