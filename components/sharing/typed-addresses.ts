const SEPARATORS = /[,;\n\r\t]+/;
const NAMED = /<\s*([^<>\s]+@[^<>\s]+)\s*>/;
const MAX_NAMED = 3;
const MAX_NAME = 80;

/** Longer lists are not looked at. */
export const MAX_TYPED = 40_000;

/** What stands for an address in a typed or pasted list: of `Ada <ada@example.com>`, the part in angle brackets. */
export function splitTyped(text: string): string[] {
  return text.split(SEPARATORS).flatMap((part) => {
    const named = NAMED.exec(part)?.[1];
    return named === undefined ? part.split(/\s+/).filter((word) => word !== '') : [named];
  });
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
