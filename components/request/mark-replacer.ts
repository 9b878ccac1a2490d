import { randomUUID } from 'node:crypto';

const OPENING = Buffer.from('<!--sheaf-');
const CLOSING = '-->';
const MARK_LENGTH = OPENING.length + randomUUID().length + CLOSING.length;
const NOTHING = Buffer.alloc(0);

/** Bytes whose end is not known yet. */
export interface LateBytes {
  start: Uint8Array;
  rest: Promise<Uint8Array>;
}

/**
 * Replaces marks in a stream of UTF-8 by bytes. Works on chunks of any size, copies no more than a chunk, and
 * keeps back at most the length of a mark. A mark contains a random number: no text can forge one.
 */
export class MarkReplacer<Late extends LateBytes = never> {
  readonly #insertions = new Map<string, Uint8Array | Late>();
  /** The possible beginning of a mark. */
  #kept: Buffer = NOTHING;

  /** @returns the mark, an HTML comment, for these bytes; it is replaced once */
  add(bytes: Uint8Array | Late): string {
    const mark = `${OPENING}${randomUUID()}${CLOSING}`;
    this.#insertions.set(mark, bytes);
    return mark;
  }

  /** @returns what is to be written for this chunk, in order */
  push(chunk: Uint8Array): (Uint8Array | Late)[] {
    if (this.#insertions.size === 0 && this.#kept.length === 0) return [chunk];
    const added = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const bytes = this.#kept.length === 0 ? added : Buffer.concat([this.#kept, added]);
    const pieces: (Uint8Array | Late)[] = [];
    let written = 0;
    let at = bytes.indexOf(OPENING);
    for (; at !== -1 && at + MARK_LENGTH <= bytes.length; at = bytes.indexOf(OPENING, at + 1)) {
      const mark = bytes.toString('latin1', at, at + MARK_LENGTH);
      const insertion = this.#insertions.get(mark);
      if (insertion === undefined) continue;
      this.#insertions.delete(mark);
      pieces.push(bytes.subarray(written, at), insertion);
      written = at + MARK_LENGTH;
    }
    const end = at === -1 ? bytes.length - partialLength(bytes.subarray(written)) : at;
    pieces.push(bytes.subarray(written, end));
    // A copy: the rest of the chunk need not stay in memory.
    this.#kept = Buffer.from(bytes.subarray(end));
    return pieces.filter((piece) => !(piece instanceof Uint8Array) || piece.length > 0);
  }

  /** @returns what was kept back, at the end of the stream */
  flush(): Uint8Array {
    const kept = this.#kept;
    this.#kept = NOTHING;
    return kept;
  }
}

/** How many bytes at the end may be the beginning of `OPENING`. */
function partialLength(bytes: Buffer): number {
  for (let length = Math.min(OPENING.length - 1, bytes.length); length > 0; length -= 1) {
    if (bytes.subarray(bytes.length - length).equals(OPENING.subarray(0, length))) return length;
  }
  return 0;
}
