import { withoutInvisible } from '@/lib/text/unicode/display-text';

const MAX_LENGTH = 110;
/** Longer than any title; limits the work spent on longer texts. */
const MAX_READ = 1_000;

/** Replaces characters that no font of the image has; none of the fonts has U+FFFD or a box. */
const SUBSTITUTE = '…';

const SEGMENTER = new Intl.Segmenter('en', { granularity: 'grapheme' });

const INVISIBLE = /^[\p{C}\p{M}\p{Zl}\p{Zp}]+$/u;

/**
 * The text with only code points that the fonts have. For any other, the renderer would query a font service,
 * and so disclose the text to a third party.
 */
export function previewText(text: string, coverage: ReadonlySet<number>): string {
  const graphemes = SEGMENTER.segment(withoutInvisible(text.slice(0, MAX_READ)).normalize('NFC'));
  let shown = '';
  for (const { segment } of graphemes) {
    const drawn = coveredForm(segment, coverage);
    // One for a whole run of them.
    if (drawn !== SUBSTITUTE || !shown.endsWith(SUBSTITUTE)) shown += drawn;
  }
  const letters = [...shown.replace(/\s+/g, ' ').trim()];
  if (letters.every((letter) => letter === SUBSTITUTE || letter === ' ')) return '';
  if (letters.length <= MAX_LENGTH) return letters.join('');
  return `${letters
    .slice(0, MAX_LENGTH - 1)
    .join('')
    .trimEnd()}…`;
}

/** One covered code point: the character, its compatibility form, or its letter without diacritics. */
function coveredForm(grapheme: string, coverage: ReadonlySet<number>): string {
  if (/^\s+$/.test(grapheme)) return ' ';
  if (INVISIBLE.test(grapheme)) return '';
  for (const form of [grapheme, grapheme.normalize('NFKC'), baseLetter(grapheme)]) {
    const letters = [...form];
    if (letters.length > 0 && letters.every((letter) => isCovered(letter, coverage))) return form;
  }
  return SUBSTITUTE;
}

function isCovered(letter: string, coverage: ReadonlySet<number>): boolean {
  return !/[\p{M}\p{C}]/u.test(letter) && coverage.has(letter.codePointAt(0) ?? 0);
}

function baseLetter(grapheme: string): string {
  return grapheme.normalize('NFD').replace(/[\p{M}\p{Cf}]/gu, '');
}
