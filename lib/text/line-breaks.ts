import type { SlicedTask } from '../core/time-slicing';

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const STEP = 8 * 1024;

/** How many lines end in a part of a text; breaks are \n, \r\n and \r alone. */
export function* countLineBreaks(text: string, from: number, to: number): SlicedTask<number> {
  let count = 0;
  for (let at = from; at < to; at += 1) {
    const code = text.charCodeAt(at);
    if (code === LINE_FEED || (code === CARRIAGE_RETURN && text.charCodeAt(at + 1) !== LINE_FEED)) count += 1;
    if (at % STEP === 0) yield;
  }
  return count;
}
