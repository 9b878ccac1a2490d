/** Textile's regular expressions take exponential time: a line of 100 characters can last for hours. */
export const unsafeGrammars: ReadonlySet<string> = new Set(['textile']);
