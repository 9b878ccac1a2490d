import { foldSearch } from '../text/unicode/fold-search';

interface SearchedFile {
  name: string;
  language: string;
}

/**
 * The text in which a paste is searched for: a line for its title, one for each file name, and one for each
 * language, which begins with a tab. Titles and names have no control characters. The migration that filled
 * the column `haystack` makes the same text.
 */
export function pasteHaystack(title: string, files: readonly SearchedFile[]): string {
  const names = [title, ...files.map(({ name }) => name)].filter((name) => name !== '');
  const lines = [...names, ...files.map(({ language }) => `\t${language}`)];
  return foldSearch(`\n${lines.map((line) => `${line}\n`).join('')}`);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they separate the lines
const CONTROL = /[\u0000-\u001f]/;

/** The pattern for `like` that finds the text as it is, in any line; null if no line can contain it. */
export function searchPattern(text: string): string | null {
  const folded = foldSearch(text);
  return CONTROL.test(folded) ? null : `%${folded.replace(/[\\%_]/g, '\\$&')}%`;
}

/** The pattern for `like` that finds the pastes with a file in this language. */
export function languagePattern(language: string): string {
  return `%\n\t${foldSearch(language).replace(/[\\%_]/g, '\\$&')}\n%`;
}

const TRIGRAM = /[\p{L}\p{N}]{3}|[^\p{L}\p{N}%][\p{L}\p{N}]|[\p{L}\p{N}]{2}[^\p{L}\p{N}%]/u;

/**
 * Whether the trigram index can look up the pattern: three letters or digits in a row, or fewer at the edge of a
 * word. Without them it would have to be read as a whole.
 */
export function hasTrigram(pattern: string): boolean {
  return TRIGRAM.test(pattern);
}
