import { isHighSurrogate, isLowSurrogate } from '../unicode/surrogates';
import type { Pace } from './pace';
import { openTags } from './token-classes';

export const LINES_PER_BLOCK = 100;

const CLOSE_TAG = '</span>';
const RUN_MAX = 16_384;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

function escapeText(text: string): string {
  return /[&<>]/.test(text) ? text.replace(/[&<>]/g, (character) => entities[character] ?? character) : text;
}

/**
 * The text as blocks of escaped lines, with spans over the painted characters while they weigh no more
 * than `tagsMax` characters; breaks in the text are \n.
 */
export async function writeMarkup(
  text: string,
  { canvas, tagsMax, pace }: { canvas: Uint8Array; tagsMax: number; pace: Pace },
): Promise<{ blocks: string[]; lineCount: number; complete: boolean }> {
  const blocks: string[] = [];
  let pieces: string[] = [];
  let lineCount = 0;
  let tags = 0;

  for (let start = 0; start < text.length || start === 0; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    if (lineCount % LINES_PER_BLOCK > 0) pieces.push('\n');
    for (let from = start; from < end; ) {
      const to = endOfRun(text, canvas, from, end);
      const written = escapeText(text.slice(from, to));
      const open = tags < tagsMax ? openTags[canvas[from] ?? 0] : '';
      if (open) {
        pieces.push(open, written, CLOSE_TAG);
        tags += open.length + CLOSE_TAG.length;
      } else pieces.push(written);
      from = to;
      if (pace.isSliceOver()) await pace.rest();
    }
    start = end + 1;
    if (++lineCount % LINES_PER_BLOCK === 0 || start >= text.length) {
      blocks.push(pieces.join(''));
      pieces = [];
    }
    if (pace.isSliceOver()) await pace.rest();
  }
  return { blocks, lineCount, complete: tags < tagsMax };
}

/** Where the class ends that begins at `from`: past blanks to more of the same, never inside a character. */
function endOfRun(text: string, canvas: Uint8Array, from: number, end: number): number {
  const limit = Math.min(end, from + RUN_MAX);
  const painted = canvas[from];
  let to = from + 1;
  for (;;) {
    while (to < limit && canvas[to] === painted) to++;
    if (to >= limit || !painted) break;
    let next = to;
    while (next < limit && isBlank(text.charCodeAt(next)) && !canvas[next]) next++;
    if (next === to || next >= limit || canvas[next] !== painted) break;
    to = next;
  }
  return to < end && isLowSurrogate(text.charCodeAt(to)) && isHighSurrogate(text.charCodeAt(to - 1))
    ? to + 1
    : to;
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}
