import { visibleText, withoutInvisible } from './unicode/display-text';
import { isHighSurrogate } from './unicode/surrogates';

/** How much of a text is looked at, in UTF-16 code units. */
const EXAMINED = 4_096;
const MAX_LINES = 2;
/** In UTF-16 code units, of each line. */
export const MAX_PREVIEW_LINE = 120;

/** Control characters that texts do not have; escape sequences colour the output of programs. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const BINARY = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f\ufffd]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: an escape sequence begins with one
const COLOUR = /\u001b\[[\d;]*m/g;
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}]/gu;

/**
 * The first two lines of a text that have something to be seen, for lists, without control characters and without
 * characters that reorder what stands around them; null if there are none, or if the text looks like binary data.
 */
export function previewOf(text: string): string | null {
  // Without half of a pair of surrogates at its end.
  const start = text.slice(0, isHighSurrogate(text.charCodeAt(EXAMINED - 1)) ? EXAMINED - 1 : EXAMINED);
  if (BINARY.test(start)) return null;
  const lines = start
    .replace(COLOUR, '')
    .split(/\r\n?|\n/)
    .filter((line) => visibleText(line) !== '')
    .slice(0, MAX_LINES)
    .map((line) => shorten(withoutInvisible(line).replaceAll('\t', '  ').replace(CONTROL, '')));
  return lines.length === 0 ? null : lines.join('\n');
}

function shorten(line: string): string {
  const cutsPair = isHighSurrogate(line.charCodeAt(MAX_PREVIEW_LINE - 1));
  return line.slice(0, cutsPair ? MAX_PREVIEW_LINE - 1 : MAX_PREVIEW_LINE).trimEnd();
}
