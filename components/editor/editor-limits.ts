/** Beyond this the platform's own text field stays; no paste may be that long. */
export const TEXT_MAX = 5_000_000;

/** Wrapping such a line again at every key takes too long. */
const WRAPPED_LINE_MAX = 200_000;

/** A text field takes seconds to lay such a text out; it had better never be seen. */
const FIELD_TEXT_MAX = 50_000;
const FIELD_LINE_MAX = 20_000;

/** Beyond these a text is edited without colours. */
const COLOURED_TEXT_MAX = 512 * 1024;
const COLOURED_LINE_MAX = 4_000;

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

export function fitsEditor(text: string): boolean {
  return text.length <= TEXT_MAX;
}

export function fitsWrapping(text: string): boolean {
  return longestLine(text) <= WRAPPED_LINE_MAX;
}

export function fitsField(text: string): boolean {
  return text.length <= FIELD_TEXT_MAX && longestLine(text) <= FIELD_LINE_MAX;
}

export function fitsColours(text: string): boolean {
  return text.length <= COLOURED_TEXT_MAX && longestLine(text) <= COLOURED_LINE_MAX;
}
