import type { Messages } from '@/lib/core/i18n/create-page-text';
import type { Locale } from '@/lib/core/i18n/locale';
import type { PatchTotals } from '@/lib/text/rendering/patch-totals';
import type { View } from '@/lib/text/rendering/which-view';
import type { TextWarning } from '@/lib/text/unicode/text-warnings';

/** A text for `view-worker.ts` to highlight and render. */
export interface ViewRequest {
  number: number;
  name: string;
  /** Its name on the page. */
  label: string;
  /** Null if it is to be detected. */
  language: string | null;
  text: string;
  /** Of all files of the paste, in their order; a language is null if it is to be detected. */
  files: { name: string; language: string | null }[];
  /** See `lineShare`. */
  maxLines: number;
  locale: Locale;
  messages: Messages;
}

/** What the worker says of each text, in the order of the requests. */
export type ViewAnswer = RenderedView | FailedView;

/** The text stays plain. */
export interface FailedView {
  number: number;
}

/** Its markup, all of it escaped. */
export interface RenderedView {
  number: number;
  language: string;
  languageName: string;
  lines: string;
  isColoured: boolean;
  warnings: TextWarning[];
  /** Null unless it is a patch. */
  patch: PatchTotals | null;
  /** Null if there is only the source. */
  view: { kind: View; html: string; notes: string[]; isDefault: boolean } | null;
}
