import type { Parser, PartialParse, Tree } from '@lezer/common';
import type { Pace } from './pace';

const GRACE_MS = 50;
const STEP_MAX_MS = 16;
const DEPTH_MAX = 1_800;
const DEPTH_CHECK_EVERY = 16;

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
    let slowSteps = 0;
    for (let step = 1; ; step++) {
      const tree = work.advance();
      const running = giveUpMs === Number.POSITIVE_INFINITY;
      if (tree) return { tree, complete: running };
      const tooDeep = running && step % DEPTH_CHECK_EVERY === 0 && stackDepth(work) > DEPTH_MAX;
      if (!tooDeep && !pace.isSliceOver()) continue;
      if (pace.usedMs > giveUpMs) return { tree: null, complete: false };
      if (running && (tooDeep || isSpent())) {
        giveUpMs = pace.usedMs + GRACE_MS;
        work.stopAt(work.parsedPos);
      }
      await pace.rest();
    }
  } catch {
    return { tree: null, complete: false };
  }
}

interface StackParse extends PartialParse {
  readonly stacks?: readonly { readonly stack: readonly unknown[] }[];
  readonly baseParse?: PartialParse | null;
  readonly inner?: readonly { readonly parse: PartialParse }[];
  readonly innerDone?: number;
}

/**
 * The length of an LR parser's stack, some three per level of nesting; 0 for other parsers. From a
 * depth no code has, single steps of @lezer/lr look through all of it again and again. It does not
 * publish the number.
 */
function stackDepth(work: StackParse): number {
  const nested = work.baseParse ?? work.inner?.[work.innerDone ?? 0]?.parse;
  if (nested) return stackDepth(nested);
  return work.stacks?.[0]?.stack.length ?? 0;
}
