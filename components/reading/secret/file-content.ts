import { readUtf8 } from '@/lib/text/unicode/read-utf8';

/** What the bytes of a file are shown as. */
export type FileContent =
  | { kind: 'text'; text: string }
  | { kind: 'image'; type: string }
  | { kind: 'binary' };

/** SVG is text: shown as an image, it could load and link. */
const IMAGES: readonly [type: string, at: number, magic: string][] = [
  ['image/png', 0, '\x89PNG\r\n\x1a\n'],
  ['image/jpeg', 0, '\xff\xd8\xff'],
  ['image/gif', 0, 'GIF87a'],
  ['image/gif', 0, 'GIF89a'],
  ['image/webp', 8, 'WEBP'],
  ['image/avif', 4, 'ftypavif'],
  ['image/avif', 4, 'ftypavis'],
];
const MAGIC_BYTES = 16;

/** By the bytes alone; names and what the author says do not count. */
export function readContent(bytes: Uint8Array): FileContent {
  const text = readUtf8(bytes);
  if (text !== null) return { kind: 'text', text };
  const start = String.fromCharCode(...bytes.subarray(0, MAGIC_BYTES));
  const [type] = IMAGES.find(([, at, magic]) => start.startsWith(magic, at)) ?? [];
  return type === undefined ? { kind: 'binary' } : { kind: 'image', type };
}
