import { runInSlices } from '@/lib/core/time-slicing';
import { highlight } from '@/lib/text/highlight/highlight';
import { markInvisible } from '@/lib/text/rendering/mark-invisible';
import { type PatchTotals, patchTotals } from '@/lib/text/rendering/patch-totals';
import { type TextWarning, textWarnings } from '@/lib/text/unicode/text-warnings';
import { lineMarkup, linePrefix } from './line-markup';

/** The text of a file, ready for the page. Shared between requests: not to be written to. */
export interface FileMarkup {
  /** The HTML of its lines, as UTF-8: outside of the JavaScript heap, and not encoded again for each reader. */
  lines: Uint8Array;
  isColoured: boolean;
  /** Whether colours are missing for want of time, which another try may have: not to be stored. */
  isHurried: boolean;
  warnings: TextWarning[];
  /** Null unless it is a patch. */
  patch: PatchTotals | null;
}

export interface LinesPlace {
  /** Of the file on its page, counted from 1. */
  number: number;
  /** See `lineShare`. */
  maxLines: number;
}

interface RenderOptions extends LinesPlace {
  language: string;
  budgetMs?: number;
  /** Ends the work when it aborts: the promise rejects with its reason. */
  signal?: AbortSignal | undefined;
}

/** Highlights a text; nothing is kept. For Node and browsers. */
export async function renderLines(
  text: string,
  { language, number, maxLines, budgetMs, signal }: RenderOptions,
): Promise<FileMarkup> {
  const highlighted = await highlight({
    text,
    language,
    signal,
    ...(budgetMs !== undefined && { budgetMs }),
  });
  const html = lineMarkup(highlighted, {
    prefix: linePrefix(number),
    endsInBreak: text.endsWith('\n') || text.endsWith('\r'),
    isDiff: language === 'diff',
    maxLines,
  });
  return {
    // Not a Buffer: a small one would keep the whole pool that it is cut from.
    lines: new TextEncoder().encode(markInvisible(html)),
    isColoured: highlighted.complete,
    isHurried: highlighted.hurried,
    warnings: await runInSlices(textWarnings(text)),
    patch: language === 'diff' ? patchTotals(text) : null,
  };
}
