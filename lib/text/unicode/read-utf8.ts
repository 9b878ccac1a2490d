/** The text that the bytes are, with its byte-order mark; null if they are not UTF-8 or have a NUL. */
export function readUtf8(bytes: Uint8Array): string | null {
  if (bytes.includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
