import type { LoadedParser } from './parsers';

const LINE_MAX = 2_000;
const PARAGRAPH_MAX = 4_000;

/**
 * A text of the same length for the parser, with breaks put over characters wherever a single
 * step of it, which nothing can interrupt, would otherwise take too much at once.
 */
export function breakUp(text: string, step: LoadedParser['step']): string {
  if (step === 'token') return text;
  const lines = cutLines(text);
  return step === 'paragraphs' ? cutParagraphs(lines) : lines;
}

function cutLines(text: string): string {
  const pieces: string[] = [];
  let taken = 0;
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    while (end - start > LINE_MAX) {
      const space = text.lastIndexOf(' ', start + LINE_MAX - 1);
      const cut = space > start + LINE_MAX / 2 ? space : start + LINE_MAX - 1;
      pieces.push(text.slice(taken, cut), '\n');
      taken = cut + 1;
      start = taken;
    }
    start = end + 1;
  }
  return taken === 0 ? text : pieces.join('') + text.slice(taken);
}

function cutParagraphs(text: string): string {
  const pieces: string[] = [];
  let taken = 0;
  let paragraph = 0;
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    if (isBlank(text, start, end)) paragraph = end + 1;
    else if (end - paragraph > PARAGRAPH_MAX && start > paragraph + 1) {
      pieces.push(text.slice(taken, start - 2), '\n\n');
      taken = start;
      paragraph = start;
    }
    start = end + 1;
  }
  return taken === 0 ? text : pieces.join('') + text.slice(taken);
}

function isBlank(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code !== 32 && code !== 9) return false;
  }
  return true;
}
