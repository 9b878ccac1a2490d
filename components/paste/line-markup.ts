import type { HighlightedText } from '@/lib/highlight/highlight';

// Beyond this a browser is busy for seconds with the elements of a line that nobody reads.
const COLOURED_LINE_MAX = 50_000;
const DIFF_SIGN = /^(?:<[^>]*>)*(\+\+\+ |--- |@@|\+|-)/;

interface LineOptions {
  prefix: string;
  endsInBreak: boolean;
  /** Whether the first character of a line says what has become of it. */
  isDiff?: boolean;
}

/**
 * The lines of a file as HTML. Each line ends in its line feed, so that a selection or `textContent` is
 * the text again; numbers are attributes that only the stylesheet shows, so that nobody copies them.
 */
export function lineMarkup(
  { blocks }: Pick<HighlightedText, 'blocks'>,
  { prefix, endsInBreak, isDiff = false }: LineOptions,
): string {
  let number = 0;
  const parts: string[] = [];
  for (const block of blocks) {
    parts.push('<div class="code-block">');
    for (const line of block.split('\n')) {
      number += 1;
      const change = isDiff ? changeOf(line) : '';
      parts.push(`<span id="${prefix}L${number}" data-n="${number}"${change}>${paintable(line)}\n</span>`);
    }
    parts.push('</div>');
  }
  const html = parts.join('');
  return endsInBreak ? html : html.replace(/\n<\/span><\/div>$/, '</span></div>');
}

function changeOf(line: string): string {
  const sign = DIFF_SIGN.exec(line)?.[1];
  if (sign === undefined) return '';
  if (sign === '+') return ' data-change="added"';
  return sign === '-' ? ' data-change="removed"' : ' data-change="head"';
}

/** The line, without its colours if there are too many of them. */
function paintable(line: string): string {
  return line.length > COLOURED_LINE_MAX ? line.replace(/<[^>]*>/g, '') : line;
}

/** The id that line numbers of a file begin with: none for the first, so that `#L10` is enough. */
export function linePrefix(fileNumber: number): string {
  return fileNumber === 1 ? '' : `f${fileNumber}-`;
}
