/** \r\n, \n and a lone \r each end one line; a final break does not begin another. */
export function countLines(text: string): number {
  let breaks = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) breaks++;
  for (let at = text.indexOf('\r'); at >= 0; at = text.indexOf('\r', at + 1)) {
    if (text.charCodeAt(at + 1) !== 10) breaks++;
  }
  const last = text.charCodeAt(text.length - 1);
  return text === '' || (last !== 10 && last !== 13) ? breaks + 1 : breaks;
}

/** The same lines with \n between and after them only. */
export function unifyBreaks(text: string): string {
  return text.includes('\r') ? text.replaceAll('\r\n', '\n').replaceAll('\r', '\n') : text;
}
