import type { Pace } from './pace';

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const PIECE = 64 * 1024;

/** \r\n, \n and a lone \r each end one line; a final break does not begin another. */
export function countLines(text: string): number {
  let breaks = 0;
  let last = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === CARRIAGE_RETURN || (code === LINE_FEED && last !== CARRIAGE_RETURN)) breaks++;
    last = code;
  }
  return text === '' || (last !== LINE_FEED && last !== CARRIAGE_RETURN) ? breaks + 1 : breaks;
}

/** The same lines with \n for every break. */
export async function unifyBreaks(text: string, pace: Pace): Promise<string> {
  if (!text.includes('\r')) return text;
  const pieces: string[] = [];
  for (let from = 0; from < text.length; ) {
    const end = from + PIECE;
    const cutsPair = text.charCodeAt(end - 1) === CARRIAGE_RETURN && text.charCodeAt(end) === LINE_FEED;
    const to = cutsPair ? end + 1 : end;
    pieces.push(text.slice(from, to).replace(/\r\n?/g, '\n'));
    from = to;
    if (pace.isSliceOver()) await pace.rest();
  }
  return pieces.join('');
}
