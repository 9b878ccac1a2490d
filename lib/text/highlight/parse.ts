import type { Parser, PartialParse, Tree } from '@lezer/common';
import { type Pace, SLICE_MS } from './pace';

const GRACE_MS = 50;
const STEP_MAX_MS = 16;
const SLOW_STEPS_MAX = 2;
const DEPTH_MAX = 1_800;
const DEPTH_CHECK_EVERY = 16;

interface ParseResult {
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
    let begunMs = pace.sliceMs;
    for (let step = 1; ; step++) {
      const tree = work.advance();
      const isStopped = giveUpMs < Number.POSITIVE_INFINITY;
      if (tree) return { tree, complete: !isStopped };

      const endedMs = pace.sliceMs;
      slowSteps = endedMs - begunMs > STEP_MAX_MS ? slowSteps + 1 : 0;
      const isDeep = step % DEPTH_CHECK_EVERY === 0 && stackDepth(work) > DEPTH_MAX;
      begunMs = endedMs;
      if (endedMs < SLICE_MS && !isDeep) continue;

      if (pace.usedMs > giveUpMs) return { tree: null, complete: false };
      if (!isStopped && (isDeep || slowSteps === SLOW_STEPS_MAX || isSpent())) {
        giveUpMs = pace.usedMs + GRACE_MS;
        work.stopAt(work.parsedPos);
      }
      await pace.rest();
      begunMs = pace.sliceMs;
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
