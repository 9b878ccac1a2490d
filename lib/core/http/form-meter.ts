/** Limits of one `multipart/form-data` body. The largest form of Sheaf's pages has a few hundred parts. */
export const FORM_LIMITS = { parts: 1_000, partHeaderBytes: 8 * 1024, headerBytes: 256 * 1024 } as const;

export type FormLimits = { readonly [Name in keyof typeof FORM_LIMITS]: number };

const LINE_END = Buffer.from('\r\n');
const HEADER_END = Buffer.from('\r\n\r\n');
const DASH = 0x2d;

const NAME = /;\s*boundary\*?\s*=/gi;
// As in RFC 2046. Parsers disagree about which bytes any other character stands for.
const VALUE = /;\s*boundary\s*=\s*(?:"([\w'()+,./:=? -]{1,70})"|([\w'()+,./:=?-]{1,70}))\s*(?:;|$)/i;

/**
 * The boundary that a `Content-Type` names; null where it names none, an unreadable one, or several, of
 * which two parsers might choose differently.
 */
export function readBoundary(contentType: string): string | null {
  if ((contentType.match(NAME) ?? []).length !== 1) return null;
  const match = VALUE.exec(contentType);
  return match?.[1] ?? match?.[2] ?? null;
}

/** Where a part is in the body, in bytes from its beginning. */
export interface PartRange {
  /** After the delimiter: what is left of its line comes first. */
  headersAt: number;
  /** The first byte behind the empty line that ends the headers; undefined where a delimiter ended them. */
  contentAt: number | undefined;
  /** The first byte behind the content; undefined until the next delimiter. */
  end: number | undefined;
}

/**
 * Counts the parts of a multipart body and the bytes of their headers while it arrives, so that a body with
 * too many of them is rejected before anything reads it, and notes where the parts are. Works on chunks of any
 * size, in time linear in the bytes, and keeps at most the length of a boundary.
 */
export class FormMeter {
  readonly #delimiter: Buffer;
  readonly #limits: FormLimits;
  /** Bytes that belong to what comes next: the possible beginning of a delimiter or of a header's end. */
  #rest: Buffer = LINE_END;
  /** Where `#rest` is in the body. */
  #restAt = -LINE_END.length;
  #place: 'content' | 'delimiter' | 'header' = 'content';
  #partHeaderBytes = 0;
  #headerBytes = 0;
  #parts = 0;
  #isForm = false;
  #isClosed = false;
  readonly #ranges: PartRange[] = [];

  constructor(boundary: string, limits: FormLimits = FORM_LIMITS) {
    this.#delimiter = Buffer.from(`\r\n--${boundary}`);
    this.#limits = limits;
  }

  /** Whether there was a delimiter, of a part or the one that ends the form. */
  get isForm(): boolean {
    return this.#isForm;
  }

  /** Parts that have begun. */
  get parts(): number {
    return this.#parts;
  }

  /** Whether the delimiter that ends the form has arrived. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** The parts before the delimiter that ends the form. */
  get ranges(): readonly PartRange[] {
    return this.#ranges;
  }

  /** @returns false as soon as a limit is passed */
  add(chunk: Uint8Array): boolean {
    const bytes = Buffer.concat([this.#rest, chunk]);
    let at: number | null = 0;
    while (at !== null && this.#isWithinLimits()) at = this.#advance(bytes, at);
    return this.#isWithinLimits();
  }

  #isWithinLimits(): boolean {
    return (
      this.#parts <= this.#limits.parts &&
      this.#partHeaderBytes <= this.#limits.partHeaderBytes &&
      this.#headerBytes <= this.#limits.headerBytes
    );
  }

  /** @returns where to go on, or null when more bytes are needed */
  #advance(bytes: Buffer, at: number): number | null {
    if (this.#place === 'content') return this.#passContent(bytes, at);
    if (this.#place === 'delimiter') return this.#passDelimiter(bytes, at);
    return this.#passHeader(bytes, at);
  }

  #passContent(bytes: Buffer, at: number): number | null {
    const found = bytes.indexOf(this.#delimiter, at);
    if (found === -1) return this.#keep(bytes, Math.max(at, this.#safeEnd(bytes)));
    return this.#enterDelimiter(found);
  }

  #enterDelimiter(at: number): number {
    const part = this.#ranges.at(-1);
    // The line break before a delimiter belongs to it, even where it ends the headers too.
    if (part && part.end === undefined) part.end = Math.max(part.contentAt ?? 0, this.#restAt + at);
    this.#place = 'delimiter';
    return at + this.#delimiter.length;
  }

  /** From here on, a delimiter may have begun. */
  #safeEnd(bytes: Buffer): number {
    return bytes.length - this.#delimiter.length + 1;
  }

  /** Two dashes after a delimiter end the form; anything else begins a part. */
  #passDelimiter(bytes: Buffer, at: number): number | null {
    this.#isForm = true;
    if (bytes.length - at < 2) return this.#keep(bytes, at);
    if (bytes[at] === DASH && bytes[at + 1] === DASH) {
      this.#place = 'content';
      this.#isClosed = true;
      return at + 2;
    }
    this.#place = 'header';
    this.#parts += 1;
    if (!this.#isClosed) {
      this.#ranges.push({ headersAt: this.#restAt + at, contentAt: undefined, end: undefined });
    }
    this.#partHeaderBytes = 0;
    return at;
  }

  /** An empty line ends a header, and so does a delimiter: parsers look for it everywhere. */
  #passHeader(bytes: Buffer, at: number): number | null {
    const headerEnd = bytes.indexOf(HEADER_END, at);
    const limit = headerEnd === -1 ? bytes.length : headerEnd + HEADER_END.length;
    const delimiter = bytes.indexOf(this.#delimiter, at);
    if (delimiter !== -1 && delimiter < limit) {
      this.#countHeader(delimiter - at);
      if (headerEnd !== -1 && delimiter === headerEnd + LINE_END.length) this.#endHeader(limit);
      return this.#enterDelimiter(delimiter);
    }
    if (headerEnd === -1) {
      const end = Math.max(at, this.#safeEnd(bytes));
      this.#countHeader(end - at);
      return this.#keep(bytes, end);
    }
    this.#countHeader(limit - at);
    this.#endHeader(limit);
    this.#place = 'content';
    // The last line break may begin a delimiter.
    return limit - LINE_END.length;
  }

  #endHeader(at: number): void {
    const part = this.#ranges.at(-1);
    if (part && !this.#isClosed) part.contentAt = this.#restAt + at;
  }

  #countHeader(bytes: number): void {
    this.#partHeaderBytes += bytes;
    this.#headerBytes += bytes;
  }

  #keep(bytes: Buffer, from: number): null {
    this.#rest = bytes.subarray(from);
    this.#restAt += from;
    return null;
  }
}
