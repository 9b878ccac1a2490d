import type { Parser, Tree } from '@lezer/common';
import type { Pace } from './pace';

const GRACE_MS = 50;

export interface ParseResult {
  readonly tree: Tree | null;
  readonly complete: boolean;
}

/**
 * Parses until done or out of budget. A parse out of budget is asked for the tree of what it has read
 * and gets a moment to hand it over; a parser that fails on a text has no tree of it.
 */
export async function parse(
  parser: Parser,
  text: string,
  { pace, isSpent }: { pace: Pace; isSpent: () => boolean },
): Promise<ParseResult> {
  try {
    const work = parser.startParse(text);
    let giveUpMs = Number.POSITIVE_INFINITY;
    for (;;) {
      const tree = work.advance();
      if (tree) return { tree, complete: giveUpMs === Number.POSITIVE_INFINITY };
      if (!pace.isSliceOver()) continue;
      if (pace.usedMs > giveUpMs) return { tree: null, complete: false };
      if (giveUpMs === Number.POSITIVE_INFINITY && isSpent()) {
        giveUpMs = pace.usedMs + GRACE_MS;
        work.stopAt(work.parsedPos);
      }
      await pace.rest();
    }
  } catch {
    return { tree: null, complete: false };
  }
}
