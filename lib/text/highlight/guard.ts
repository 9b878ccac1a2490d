import type { LoadedParser } from './parsers';

const SIZE_MAX = 512 * 1024;
const MIXED_SIZE_MAX = SIZE_MAX / 2;
const EMBEDS_MAX = 1_000;
/** Above 512: a stream parser reads on to that many characters, so that one such line is one step. */
const LINE_MAX = 520;
const PARAGRAPH_MAX = 4_000;

/** As much from the start of a text as the parser can take on: it begins all embedded texts in one step. */
export function limit(text: string, embeds: LoadedParser['embeds']): string {
  if (!embeds) return text.slice(0, SIZE_MAX);
  const head = text.slice(0, MIXED_SIZE_MAX);
  let count = 0;
  for (const { index } of head.matchAll(embeds)) if (++count > EMBEDS_MAX) return head.slice(0, index);
  return head;
}

/**
 * A text of the same length for the parser, with breaks put over characters wherever a single
 * step of it, which nothing can interrupt, would otherwise take too much at once.
 */
export function breakUp(text: string, step: LoadedParser['step']): string {
  if (step === 'token') return text;
  const pieces: string[] = [];
  let taken = 0;
  let line = 0;
  let paragraph = 0;
  let space = 0;
  let blank = true;

  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 32 || code === 9) space = at;
    else if (code !== 10) blank = false;

    let next = at + 1;
    let breaks = '';
    if (code !== 10) {
      if (next - line < LINE_MAX) continue;
      if (space > line + LINE_MAX / 2) next = space + 1;
      breaks = '\n';
    }
    if (blank) paragraph = next;
    else if (step === 'paragraphs' && next - paragraph > PARAGRAPH_MAX) {
      breaks = '\n\n';
      paragraph = next;
    }
    if (breaks) {
      pieces.push(text.slice(taken, next - breaks.length), breaks);
      taken = next;
    }
    line = next;
    blank = next > at;
  }
  return taken === 0 ? text : pieces.join('') + text.slice(taken);
}
