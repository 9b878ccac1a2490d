const SEPARATORS = /[,;\n\r\t]+/;
const NAMED = /<\s*([^<>\s]+@[^<>\s]+)\s*>/;
const MAX_NAMED = 3;
const MAX_NAME = 80;

/** Longer lists are not looked at. */
export const MAX_TYPED = 40_000;

/**
 * What stands for an address in a typed or pasted list: of `Ada <ada@example.com>`, the part in angle brackets. Words
 * without an @ that follow each other are one entry, such as a full name.
 */
export function splitTyped(text: string): string[] {
  return text.split(SEPARATORS).flatMap((part) => {
    const named = NAMED.exec(part)?.[1];
    return named === undefined ? splitWords(part) : [named];
  });
}

function splitWords(part: string): string[] {
  const entries: string[][] = [];
  let isPhrase = false;
  for (const word of part.split(/\s+/)) {
    if (word === '') continue;
    const wasPhrase = isPhrase;
    isPhrase = !word.includes('@');
    if (wasPhrase && isPhrase) entries.at(-1)?.push(word);
    else entries.push([word]);
  }
  return entries.map((words) => words.join(' '));
}

/** The first few of many, shortened, for a sentence that names them. */
export function namedFew(
  names: readonly string[],
  quote: (name: string) => string,
): { names: string; more: number } {
  const few = names.slice(0, MAX_NAMED);
  return { names: few.map((name) => quote(shorten(name))).join(', '), more: names.length - few.length };
}

function shorten(text: string): string {
  const letters = [...text.slice(0, 2 * MAX_NAME + 2)];
  return letters.length > MAX_NAME ? `${letters.slice(0, MAX_NAME).join('')}…` : letters.join('');
}
