/** How many bytes a text takes as UTF-8. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0x80) continue;
    if (code < 0x800) bytes += 1;
    // Both halves of a pair, four bytes in all, count one more each; anything else here is three bytes.
    else bytes += code >= 0xd800 && code <= 0xdfff ? 1 : 2;
  }
  return bytes;
}

/** The size of the texts together, or 0 where it is surely below what is asked for. */
export function sizeFrom(texts: readonly string[], floor: number): number {
  const characters = texts.reduce((sum, text) => sum + text.length, 0);
  if (characters * 3 < floor) return 0;
  const bytes = texts.reduce((sum, text) => sum + utf8Length(text), 0);
  return bytes < floor ? 0 : bytes;
}
