const BYTE_ORDER_MARK = '\uFEFF';

/** The text as a browser's textarea holds it: every kind of line end is a line feed. */
export function toLineFeeds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

export function hasOnlyCrlf(text: string): boolean {
  return text.includes('\r\n') && !/\r(?!\n)|(?<!\r)\n/.test(text);
}

/**
 * What was typed into a textarea, with what a textarea cannot carry given back from the original: the
 * very bytes if nothing was changed, else its byte order mark, and its line ends if they were all CRLF.
 */
export function restoreLineEnds(typed: string, original: string): string {
  const hadMark = original.startsWith(BYTE_ORDER_MARK);
  const text = hadMark && !typed.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK + typed : typed;
  const plain = toLineFeeds(text);
  if (plain === toLineFeeds(original)) return original;
  return hasOnlyCrlf(original) ? plain.replaceAll('\n', '\r\n') : plain;
}
