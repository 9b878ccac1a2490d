import { type PaletteModule, watchPalette } from '@/components/layout/aids/palette';
import { applyTheme, watchPreferences } from '@/components/layout/aids/preferences';
import { watchShortcuts } from '@/components/layout/aids/shortcuts';
import { watchCopyButtons } from '@/components/ui/copy-clicks';
import { watchPostedForms } from '@/components/ui/posted-forms';
import { openPage } from './open-page';

/** Addresses of the workers, qr-code.ts and open-palette.tsx, set by scripts/build.ts. */
declare const OPEN_WORKER: string;
declare const VIEW_WORKER: string;
declare const QR_CODE: string;
declare const PALETTE: string;

/** The whole script of the pages of secret pastes that the front renders; see reader-script.ts. */
openPage({
  open: () => new Worker(OPEN_WORKER),
  view: () => new Worker(VIEW_WORKER, { type: 'module' }),
  qr: () => import(QR_CODE) as Promise<typeof import('../qr-code')>,
});
watchShortcuts();
watchCopyButtons();
watchPalette(() => import(PALETTE) as Promise<PaletteModule>);
watchPostedForms();
// A text that burned is only in this page.
watchPreferences((name, value) => (name === 'theme' ? applyTheme(value) : window.location.reload()));
