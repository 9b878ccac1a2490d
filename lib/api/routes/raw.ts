import { getCookie } from 'hono/cookie';
import type { Caller } from '../../core/caller';
import { AppError } from '../../core/errors';
import { RAW_POLICY } from '../../core/http/security-headers';
import { pasteUrl } from '../../pastes/dto';
import { savedNames } from '../../pastes/file-names';
import type { Grant } from '../../pastes/grants';
import { isIndexable } from '../../pastes/policy';
import type { PasteRecord } from '../../pastes/queries';
import { readFileBody, readPaste, unlessDeleted } from '../../pastes/read';
import { READER_COOKIE, readReaderCookie } from '../../pastes/reader-cookie';
import type { RevealOptions } from '../../pastes/reveal';
import { fileExtension } from '../../text/highlight/languages';
import { attachment } from '../attachment';
import { decodeText, readBytes } from '../body';
import { isHeldBy, validators } from '../conditional';
import { type ApiApp, type ApiContext, callerOf, guard, recordOpenedBy } from '../context';
import { failedTryOf } from '../failed-tries';
import { readingSlot } from '../middleware/large-reads';

const MAX_NONCE_FORM = 4_096;
const OCTETS = 'application/octet-stream';

/** `/{slug}/raw`, `/{slug}/raw/{n}` and `/{slug}/download`: bytes, outside the versioned API. */
export function addRawRoutes(app: ApiApp): void {
  const reading = guard({ scope: 'pastes:read' });
  app.get('/:slug/raw', reading, (c) => sendRaw(c, '1'));
  app.get('/:slug/raw/:n', reading, (c) => sendRaw(c, c.req.param('n')));
  app.get('/:slug/download', reading, sendDownload);
  app.post('/:slug/download', reading, sendRevealed);
}

/** What a read of raw text is answered with. */
export type RawAnswer = { headers: Record<string, string> } & (
  | { status: 200; body: Uint8Array<ArrayBuffer>; grant: Grant | null }
  | { status: 304; body: null }
);

/**
 * The exact bytes of file `position` of a paste, or that the caller has them.
 * @throws AppError not_found, reveal_required, storage_unavailable
 */
export async function readRaw(
  slug: string,
  { position, caller, ifNoneMatch }: { position: string; caller: Caller; ifNoneMatch: string | undefined },
): Promise<RawAnswer> {
  const { paste, grant } = await readPaste(slug, { caller, surface: 'bytes' });
  const file = /^[1-9]\d?$/.test(position) ? paste.stored[Number(position) - 1] : undefined;
  if (!file) throw new AppError('not_found');
  const etag = `"${file.sha256}"`;
  const headers = { ...rawHeaders(paste), ...validators(etag) };
  if (isHeldBy(ifNoneMatch, etag)) return { status: 304, headers, body: null };
  const reader = { caller, surface: 'bytes' } as const;
  const body = (await unlessDeleted(slug, reader, () => readFileBody(file))) as Uint8Array<ArrayBuffer>;
  return { status: 200, headers: { ...headers, ...bodyHeaders(paste, body) }, body, grant };
}

/** As `readRaw`, for the paste named in the path, unless another is. */
export async function sendRaw(
  c: ApiContext,
  position: string,
  slug = c.req.param('slug') ?? '',
): Promise<Response> {
  const failed = failedTryOf(c);
  if (failed) throw failed.error;
  const ifNoneMatch = c.req.header('if-none-match');
  const read = await readRaw(slug, { position, caller: callerOf(c), ifNoneMatch });
  if (read.status === 304) return c.body(null, 304, read.headers);
  recordOpenedBy(c, read.grant);
  return c.body(read.body, 200, read.headers);
}

/** The exact bytes of the first file, or of a ciphertext, for a link that leads a browser to the page. */
export async function sendLinkText(c: ApiContext, slug: string): Promise<Response> {
  const { paste, grant } = await readBytesOf(c, slug);
  const [first, second] = paste.stored;
  if (!first) throw new AppError('not_found');
  const body = await unlessDeleted(slug, readerOfBytes(c), () => readFileBody(first));
  recordOpenedBy(c, grant);
  const next = `<${pasteUrl(paste.slug)}/raw/2>; rel="next"`;
  return sendBody(c, { paste, body }, second ? { Link: next } : {});
}

async function sendDownload(c: ApiContext): Promise<Response> {
  const slug = c.req.param('slug') ?? '';
  const { paste, grant } = await readBytesOf(c, slug);
  if (paste.stored.length > 1) await readingSlot(c, paste.stored);
  // All of it is read before the first byte is sent, so that a failing store is a 503 and not half a zip.
  const bodies = await unlessDeleted(slug, readerOfBytes(c), () =>
    Promise.all(paste.stored.map(readFileBody)),
  );
  recordOpenedBy(c, grant);
  return answerDownload(c, paste, bodies);
}

/** What a burning paste just showed this browser, by the nonce of that page: within its minute, not counted. */
async function sendRevealed(c: ApiContext): Promise<Response> {
  const { repeatReveal } = await import('../../pastes/reveal');
  const { options } = await readRevealForm(c);
  const { paste, bodies } = await repeatReveal(c.req.param('slug') ?? '', options);
  return answerDownload(c, paste, bodies);
}

/** The fields of a page that reveals, and who reads it: the browser, by its cookie. */
export async function readRevealForm(
  c: ApiContext,
): Promise<{ form: URLSearchParams; options: RevealOptions }> {
  const form = new URLSearchParams(decodeText(await readBytes(c, { max: MAX_NONCE_FORM }), 'nonce'));
  const { nameReveal, readerOf } = await import('../../pastes/reveal');
  const caller = callerOf(c);
  const reader = readerOf(caller, readReaderCookie(getCookie(c, READER_COOKIE)));
  return {
    form,
    options: {
      caller,
      nonceHash: nameReveal(form.get('nonce') ?? '', reader),
      beforeReading: (stored) => readingSlot(c, stored),
    },
  };
}

async function answerDownload(
  c: ApiContext,
  paste: PasteRecord,
  bodies: readonly Uint8Array[],
): Promise<Response> {
  const [first] = paste.stored;
  const [body] = bodies;
  if (!first || !body) throw new AppError('not_found');
  if (paste.stored.length === 1) {
    const extension = paste.isSecret ? 'age' : fileExtension(first.language);
    const name = first.name || `${paste.slug}.${extension}`;
    return sendBody(c, { paste, body }, { 'Content-Disposition': attachment(name) });
  }
  const names = savedNames(paste, paste.stored);
  const entries = bodies.map((input, index) => ({
    name: names[index] ?? String(index + 1),
    input: input as Uint8Array<ArrayBuffer>,
    lastModified: paste.updatedAt,
  }));
  const { downloadZip } = await import('client-zip');
  return c.newResponse(downloadZip(entries).body, 200, {
    ...rawHeaders(paste),
    'Content-Type': 'application/zip',
    'Content-Disposition': attachment(`${paste.slug}.zip`),
  });
}

function readBytesOf(c: ApiContext, slug: string) {
  return readPaste(slug, readerOfBytes(c));
}

function readerOfBytes(c: ApiContext) {
  return { caller: callerOf(c), surface: 'bytes' } as const;
}

/** Exactly these bytes, of a paste that the caller may read. */
export function sendBody(
  c: ApiContext,
  { paste, body }: { paste: PasteRecord; body: Uint8Array },
  more: Record<string, string> = {},
): Response {
  const headers = { ...rawHeaders(paste), ...bodyHeaders(paste, body), ...more };
  return c.body(body as Uint8Array<ArrayBuffer>, 200, headers);
}

function bodyHeaders({ isSecret }: PasteRecord, body: Uint8Array): Record<string, string> {
  return {
    'Content-Type': isSecret ? OCTETS : 'text/plain; charset=utf-8',
    'Content-Length': String(body.length),
  };
}

function rawHeaders(paste: PasteRecord): Record<string, string> {
  return {
    'Content-Security-Policy': RAW_POLICY,
    ...(isIndexable(paste) ? {} : { 'X-Robots-Tag': 'noindex' }),
  };
}
