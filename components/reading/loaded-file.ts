import type { PatchTotals } from '@/lib/text/rendering/patch-totals';
import type { View } from '@/lib/text/rendering/which-view';
import type { TextWarning } from '@/lib/text/unicode/text-warnings';
import type { Shown } from './file-view-choice';

/** A file with everything the page shows of it. */
export interface LoadedFile {
  number: number;
  /** Its label, unique on the page. */
  label: string;
  /** See `shownLanguage`. */
  language: string;
  bytes: number;
  lines: number;
  isColoured: boolean;
  /** For `ServedMarkup`, if it is not known yet whether it is: what is said if not. */
  lateNote: string | null;
  /** False if another try may show more of it: not to be stored. */
  isFinal: boolean;
  /** Warnings about invisible or misleading characters in the text. */
  warnings: TextWarning[];
  /** Null unless it is a patch. */
  patch: PatchTotals | null;
  /** For `ServedMarkup`. */
  markup: string;
  /** Null if there is only the source. */
  view: LoadedView | null;
}

export interface LoadedView {
  kind: View;
  /** The requested view, even if `rendered` is null. */
  shown: Shown;
  /** What is shown where the address of the page names no view; null if that is not known. */
  usual: Shown | null;
  /** Null if it is not part of the page, or could not be rendered. */
  rendered: { markup: string; notes: string[] } | null;
}
