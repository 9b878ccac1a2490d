import { withoutInvisible } from '@/lib/text/unicode/display-text';

const MAX_LENGTH = 110;
/** Titles are shorter; a longer text would only be cut after all of it was looked at. */
const MAX_READ = 1_000;

/** Stands for characters that no font of the image has; none of the fonts has U+FFFD or a box. */
const SUBSTITUTE = '…';

const INVISIBLE = /^[\p{C}\p{M}\p{Zl}\p{Zp}]+$/u;

/**
 * The text as the preview image shows it: each character one code point that the fonts have. For anything
 * else the renderer would ask a font service, and so tell a third party about the paste.
 */
export function previewText(text: string, coverage: ReadonlySet<number>): string {
  const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(
    withoutInvisible(text.slice(0, MAX_READ)).normalize('NFC'),
  );
  let shown = '';
  for (const { segment } of graphemes) {
    const drawn = coveredForm(segment, coverage);
    // One for a whole run of them: ten say no more than one.
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

/** One code point that is covered: the character, its compatibility form, or its letter without the marks. */
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
