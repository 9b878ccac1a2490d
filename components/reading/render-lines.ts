import { runInSlices } from '@/lib/core/time-slicing';
import { highlight } from '@/lib/text/highlight/highlight';
import { LINES_PER_BLOCK } from '@/lib/text/highlight/markup';
import { markInvisible } from '@/lib/text/rendering/mark-invisible';
import { type PatchTotals, patchTotals } from '@/lib/text/rendering/patch-totals';
import { type TextWarning, textWarnings } from '@/lib/text/unicode/text-warnings';
import { blockStart, lineMarkup, linePrefix } from './line-markup';

/** What is said about a text apart from its colours. */
export interface TextFacts {
  warnings: TextWarning[];
  /** Null unless it is a patch. */
  patch: PatchTotals | null;
}

/** The text of a file, ready for the page. Shared between requests: not to be written to. */
export interface FileMarkup extends TextFacts {
  /** The HTML of its lines, as UTF-8: outside of the JavaScript heap, and not encoded again for each reader. */
  lines: Uint8Array;
  isColoured: boolean;
  /** Whether colours are missing for want of time, which another try may have: not to be stored. */
  isHurried: boolean;
}

export interface LinesPlace {
  /** Of the file on its page, counted from 1. */
  number: number;
  /** See `lineShare`. */
  maxLines: number;
}

interface RenderOptions extends LinesPlace {
  language: string;
  /** If they are known already. */
  facts?: TextFacts | undefined;
  budgetMs?: number;
  /** Ends the work when it aborts: the promise rejects with its reason. */
  signal?: AbortSignal | undefined;
}

/** Highlights a text; nothing is kept. For Node and browsers. */
export async function renderLines(
  text: string,
  { language, number, maxLines, facts, budgetMs, signal }: RenderOptions,
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
    ...(facts ?? (await textFacts(text, language))),
  };
}

export async function textFacts(text: string, language: string): Promise<TextFacts> {
  return {
    warnings: await runInSlices(textWarnings(text)),
    patch: language === 'diff' ? patchTotals(text) : null,
  };
}

// More than what a screen shows, and little to highlight.
const FIRST_LINES = 2 * LINES_PER_BLOCK;
const FIRST_CHARACTERS = 64 * 1024;

/** The first lines of a text, as UTF-8, and what number of line follows. */
export interface FirstLines {
  lines: Uint8Array;
  next: number;
}

/**
 * Highlights the first lines of a long text, as `renderLines` does with the whole, in a fraction of its time.
 * @returns null if its lines are few or long
 */
export async function renderFirstLines(text: string, options: RenderOptions): Promise<FirstLines | null> {
  const { language, number, maxLines, signal } = options;
  // One block more, as what the text is cut off from may change the colours of the last lines.
  const end = endOfLine(text, FIRST_LINES + LINES_PER_BLOCK);
  if (end === null || end > FIRST_CHARACTERS || maxLines < FIRST_LINES + LINES_PER_BLOCK) return null;
  const { blocks } = await highlight({ text: text.slice(0, end), language, signal });
  const first = { blocks: blocks.slice(0, FIRST_LINES / LINES_PER_BLOCK) };
  const prefix = linePrefix(number);
  const html = lineMarkup(first, { prefix, endsInBreak: true, isDiff: language === 'diff', maxLines });
  return { lines: new TextEncoder().encode(markInvisible(html)), next: FIRST_LINES + 1 };
}

/** The part of a whole file's lines that begins with the block whose first line has this number. */
export function linesFrom(lines: Uint8Array, { file, line }: { file: number; line: number }): Uint8Array {
  const bytes = Buffer.from(lines.buffer, lines.byteOffset, lines.byteLength);
  return bytes.subarray(bytes.indexOf(blockStart(linePrefix(file), line)));
}

/** Where the line with this number ends, after its line feed; null if there are not as many. */
function endOfLine(text: string, number: number): number | null {
  let end = 0;
  for (let line = 1; line <= number; line += 1) {
    end = text.indexOf('\n', end) + 1;
    if (end === 0) return null;
  }
  return end;
}
