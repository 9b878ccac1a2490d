import type { View } from '@/lib/text/rendering/which-view';
import type { TextWarning } from '@/lib/text/unicode/text-warnings';
import type { Shown } from './file-view-choice';

/** A file ready to be shown. */
export interface LoadedFile {
  number: number;
  /** What it is called on the page, different from all others there. */
  label: string;
  language: string;
  bytes: number;
  lines: number;
  isColoured: boolean;
  /** In what the text differs from what it looks like. */
  warnings: TextWarning[];
  /** For `ServedMarkup`. */
  markup: string;
  /** Null where there is nothing but the source. */
  view: LoadedView | null;
}

export interface LoadedView {
  kind: View;
  /** What was asked for, though `rendered` may be missing. */
  shown: Shown;
  /** Null if it was not asked for, or could not be had. */
  rendered: { markup: string; notes: string[] } | null;
}
