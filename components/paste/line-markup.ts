import type { HighlightedText } from '@/lib/highlight/highlight';

// Beyond this a browser is busy for seconds with the elements of a line that nobody reads.
const COLOURED_LINE_MAX = 50_000;

/**
 * The lines of a file as HTML. Each line ends in its line feed, so that a selection or `textContent` is
 * the text again; numbers are attributes that only the stylesheet shows, so that nobody copies them.
 */
export function lineMarkup(
  { blocks }: Pick<HighlightedText, 'blocks'>,
  { prefix, endsInBreak }: { prefix: string; endsInBreak: boolean },
): string {
  let number = 0;
  const parts: string[] = [];
  for (const block of blocks) {
    parts.push('<div class="code-block">');
    for (const line of block.split('\n')) {
      number += 1;
      parts.push(`<span id="${prefix}L${number}" data-n="${number}">${paintable(line)}\n</span>`);
    }
    parts.push('</div>');
  }
  const html = parts.join('');
  return endsInBreak ? html : html.replace(/\n<\/span><\/div>$/, '</span></div>');
}

/** The line, without its colours if there are too many of them. */
function paintable(line: string): string {
  return line.length > COLOURED_LINE_MAX ? line.replace(/<[^>]*>/g, '') : line;
}

/** The id that line numbers of a file begin with: none for the first, so that `#L10` is enough. */
export function linePrefix(fileNumber: number): string {
  return fileNumber === 1 ? '' : `f${fileNumber}-`;
}
