import type { HighlightedText } from '@/lib/text/highlight/highlight';

// Longer lines would keep a browser busy for seconds with elements of little use.
const COLOURED_LINE_MAX = 50_000;
// Each line is an element, and a text of line feeds alone has four million of them.
const NUMBERED_LINES_MAX = 100_000;
const BLOCK = '<div class="code-block">';
const DIFF_SIGN = /^(?:<[^>]*>)*(\+\+\+ |--- |@@|\+|-)/;

interface LineOptions {
  prefix: string;
  endsInBreak: boolean;
  /** Whether the first character of a line marks it as added or removed. */
  isDiff?: boolean;
  /** How many lines get their own element and number; the rest is one element. */
  maxLines?: number;
}

/** How many numbered lines each of these files may have on one page. */
export function lineShare(files: readonly { lines: number }[]): number {
  const total = files.reduce((sum, file) => sum + file.lines, 0);
  return total <= NUMBERED_LINES_MAX ? NUMBERED_LINES_MAX : Math.floor(NUMBERED_LINES_MAX / files.length);
}

/**
 * The lines of a file as HTML. Each line ends in its line feed, so that a selection or `textContent` equals
 * the text; numbers are attributes that only the stylesheet shows, so that they are not copied.
 */
export function lineMarkup(
  { blocks }: Pick<HighlightedText, 'blocks'>,
  { prefix, endsInBreak, isDiff = false, maxLines = NUMBERED_LINES_MAX }: LineOptions,
): string {
  let number = 0;
  const parts: string[] = [];
  for (const [index, block] of blocks.entries()) {
    if (number >= maxLines) {
      const rest = blocks
        .slice(index)
        .join('\n')
        .replace(/<[^>]*>/g, '');
      parts.push(`${BLOCK}<span data-n="${number + 1}+">${rest}\n</span></div>`);
      break;
    }
    parts.push(BLOCK);
    for (const line of block.split('\n')) {
      number += 1;
      const change = isDiff ? changeOf(line) : '';
      parts.push(`${lineStart(prefix, number)} data-n="${number}"${change}>${paintable(line)}\n</span>`);
    }
    parts.push('</div>');
  }
  const html = parts.join('');
  return endsInBreak ? html : html.replace(/\n<\/span><\/div>$/, '</span></div>');
}

/** How the block begins whose first line has this number. */
export function blockStart(prefix: string, number: number): string {
  return `${BLOCK}${lineStart(prefix, number)}`;
}

function lineStart(prefix: string, number: number): string {
  return `<span id="${prefix}L${number}"`;
}

function changeOf(line: string): string {
  const sign = DIFF_SIGN.exec(line)?.[1];
  if (sign === undefined) return '';
  if (sign === '+') return ' data-change="added"';
  return sign === '-' ? ' data-change="removed"' : ' data-change="head"';
}

/** The line, without its colours if there are too many. */
function paintable(line: string): string {
  return line.length > COLOURED_LINE_MAX ? line.replace(/<[^>]*>/g, '') : line;
}

/** The prefix of line ids in a file: none for the first, so that `#L10` suffices. */
export function linePrefix(fileNumber: number): string {
  return fileNumber === 1 ? '' : `f${fileNumber}-`;
}
