/** A text field takes seconds to lay such a text out; it had better never be seen. */
const FIELD_TEXT_MAX = 50_000;
const FIELD_LINE_MAX = 20_000;

/** Wrapping such a line again at every key takes too long. */
const WRAPPED_LINE_MAX = 200_000;

/** Beyond these a text is edited without colours. */
const COLOURED_TEXT_MAX = 512 * 1024;
const COLOURED_LINE_MAX = 4_000;

export interface Measure {
  length: number;
  longestLine: number;
}

export function longestLine(text: string): number {
  let longest = 0;
  for (let start = 0; start <= text.length; ) {
    const end = text.indexOf('\n', start);
    const stop = end < 0 ? text.length : end;
    longest = Math.max(longest, stop - start);
    start = stop + 1;
  }
  return longest;
}

export function fitsField(text: string): boolean {
  return text.length <= FIELD_TEXT_MAX && longestLine(text) <= FIELD_LINE_MAX;
}

export function fitsWrapping({ longestLine }: Measure): boolean {
  return longestLine <= WRAPPED_LINE_MAX;
}

export function fitsColours({ length, longestLine }: Measure): boolean {
  return length <= COLOURED_TEXT_MAX && longestLine <= COLOURED_LINE_MAX;
}
