import type { SlicedTask } from '../../core/time-slicing';

/** How many characters are searched between two yields. */
export const STEP = 8 * 1024;
/** No match of a pattern is longer. */
const MAX_MATCH = 128;
/** Of a flood of what only begins like a credential, not all is looked at. */
const MAX_LOOKED_AT = 200_000;

/** One find after the other, and in between undefined where the event loop may turn. */
export type Findings<Found> = Generator<Found | undefined, void, undefined>;

interface Search<Found> {
  text: string;
  /** Global, without lookbehind, and with matches of at most 128 characters. */
  pattern: RegExp;
  /** After how many finds to stop. */
  limit: number;
  /** See `STEP`. The result does not depend on it. */
  step: number;
  /**
   * Looks at a match.
   * @param at where the match is in the text; its own index is not
   */
  read: (match: RegExpExecArray, at: number) => { found: Found | null; next: number };
}

/** What `read` makes of the matches of a pattern; the search goes on at the `next` that it returns. */
export function* searchInSteps<Found>(search: Search<Found>): Findings<Found> {
  const { text, pattern, limit, step, read } = search;
  let at = 0;
  let lookedAt = 0;
  let count = 0;
  for (let start = 0; start < text.length; start += step) {
    const end = start + step;
    const part = text.slice(start, end + MAX_MATCH);
    while (at < end) {
      if (count >= limit || lookedAt >= MAX_LOOKED_AT) return;
      pattern.lastIndex = at - start;
      const match = pattern.exec(part);
      if (!match || start + match.index >= end) {
        at = end;
        break;
      }
      lookedAt += 1;
      const { found, next } = read(match, start + match.index);
      at = next;
      if (!found) continue;
      count += 1;
      yield found;
    }
    yield;
  }
}

/** The next find; null after the last one. */
export function* nextOf<Found>(findings: Findings<Found>): SlicedTask<Found | null> {
  for (;;) {
    const { done, value } = findings.next();
    if (done) return null;
    if (value !== undefined) return value;
    yield;
  }
}
