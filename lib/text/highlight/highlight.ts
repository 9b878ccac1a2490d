import { breakUp, limit } from './guard';
import { findLanguage } from './languages';
import { unifyBreaks } from './lines';
import { writeMarkup } from './markup';
import { inTurn, type Pace } from './pace';
import { paint } from './paint';
import { parse } from './parse';
import { loadParser } from './parsers';

const BUDGET_MS = 250;
const PATIENCE_MS = 2_000;
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
    const painted = await paintSource(source, { canvas, language, budgetMs, pace });
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

interface PaintOptions {
  readonly canvas: Uint8Array;
  readonly language: string;
  readonly budgetMs: number;
  readonly pace: Pace;
}

async function paintSource(
  source: string,
  { canvas, language, budgetMs, pace }: PaintOptions,
): Promise<boolean> {
  const known = findLanguage(language);
  if (!known) return true;
  const loading = loadParser(known, source);
  await pace.rest(loading);
  const loaded = await loading;
  if (!loaded) return true;

  const limitedBy = (limitMs: number) => () => pace.usedMs > limitMs || pace.waitedMs > PATIENCE_MS;
  const head = limit(source, loaded.embeds);
  const { tree, complete } = await parse(loaded.parser, breakUp(head, loaded.step), {
    pace,
    isSpent: limitedBy(pace.usedMs + budgetMs),
  });
  if (!tree) return false;
  const painted = await paint(tree, canvas, { pace, isSpent: limitedBy(pace.usedMs + budgetMs) });
  return complete && painted && head.length === source.length;
}
