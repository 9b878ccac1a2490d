import { findLanguage, hasGrammar } from './languages';
import { unifyBreaks } from './lines';
import { writeMarkup } from './markup';
import { inTurn, PATIENCE_MS } from './pace';
import type { PaintOptions } from './paint-source';

const BUDGET_MS = 250;
const TAGS_FREE = 128 * 1024;
const TAGS_PER_CHARACTER = 3;

export interface HighlightedText {
  /**
   * HTML of LINES_PER_BLOCK lines each (the last: fewer), escaped, joined by \n, without a final one.
   * No element crosses a line, so that `block.split('\n')` gives the HTML of single lines.
   */
  readonly blocks: readonly string[];
  readonly lineCount: number;
  /** False if some of the text is plain because it is too long or took too much time. */
  readonly complete: boolean;
  /** True if that was for want of time in this process now: worth another try, not worth storing. */
  readonly hurried: boolean;
}

interface HighlightOptions {
  readonly text: string;
  /** A language id; any other is plain text. */
  readonly language: string;
  /** Milliseconds on the thread for parsing; painting gets as many again. */
  readonly budgetMs?: number;
  /** Ends the work when it aborts: the promise rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Highlights as much of a text as the budget allows, in slices of a few milliseconds. */
export function highlight({
  text,
  language,
  budgetMs = BUDGET_MS,
  signal,
}: HighlightOptions): Promise<HighlightedText> {
  return inTurn(async (pace) => {
    const source = await unifyBreaks(text, pace);
    const canvas = new Uint8Array(source.length);
    const painted = await paintSource(source, language, { canvas, budgetMs, pace });
    // A parser that fails is not an error, also where it fails at a rest.
    signal?.throwIfAborted();
    const tagsMax = TAGS_FREE + TAGS_PER_CHARACTER * source.length;
    const { blocks, lineCount, complete } = await writeMarkup(source, { canvas, tagsMax, pace });
    return {
      blocks,
      lineCount,
      complete: painted && complete,
      hurried: !painted && pace.waitedMs > PATIENCE_MS,
    };
  }, signal);
}

/** @returns whether all of it is painted */
async function paintSource(source: string, language: string, options: PaintOptions): Promise<boolean> {
  const known = findLanguage(language);
  if (!known || !hasGrammar(known)) return true;
  // With the parsers: a new instance of a serverless host shows plain text without them.
  const loading = import('./paint-source');
  await options.pace.rest(loading);
  const { paintLanguage } = await loading;
  return paintLanguage(source, known, options);
}
