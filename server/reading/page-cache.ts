import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { parseAccept } from 'hono/utils/accept';
import { LRUCache } from 'lru-cache';

/** The most memory that finished pages take, in bytes. */
export const PAGE_CACHE_BYTES = 16 * 1024 * 1024;
/** Larger pages are made again for each request, from the stored markup of their files. */
const MAX_PAGE_BYTES = 256 * 1024;
const MIN_COMPRESSED_BYTES = 1_024;
const BROTLI_QUALITY = 5;

type Encoding = 'br' | 'gzip';

const ENCODERS: Record<Encoding, (html: Buffer) => Promise<Buffer>> = {
  br: (html) =>
    promisify(brotliCompress)(html, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: html.length,
      },
    }),
  gzip: (html) => promisify(gzip)(html),
};

export interface EncodedPage {
  body: Buffer;
  encoding: Encoding | null;
}

/** A finished page, compressed once for each coding that is asked for. */
export class FinishedPage {
  readonly #encoded = new Map<Encoding, Promise<Buffer>>();

  constructor(readonly html: Buffer) {}

  /** @param accepted the header `Accept-Encoding` of the request */
  async encode(accepted: string | undefined): Promise<EncodedPage> {
    const encoding = this.html.length < MIN_COMPRESSED_BYTES ? null : chooseEncoding(accepted);
    if (encoding === null) return { body: this.html, encoding };
    const known = this.#encoded.get(encoding) ?? ENCODERS[encoding](this.html);
    this.#encoded.set(encoding, known);
    return { body: await known, encoding };
  }
}

/** Pages by all that they are made of; permission is decided before, for each request. */
export function createPageCache(): LRUCache<string, FinishedPage> {
  return new LRUCache({
    maxSize: PAGE_CACHE_BYTES,
    maxEntrySize: 2 * MAX_PAGE_BYTES,
    // The compressed copies together are at most as large as the page.
    sizeCalculation: ({ html }, key) => 2 * html.length + 2 * key.length,
  });
}

function chooseEncoding(accepted = ''): Encoding | null {
  if (accepted === '') return null;
  const codings = new Map(parseAccept(accepted).map(({ type, q }) => [type.toLowerCase(), q]));
  for (const encoding of ['br', 'gzip'] as const) {
    if ((codings.get(encoding) ?? 0) > 0) return encoding;
  }
  return null;
}
