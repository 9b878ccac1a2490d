import { isAscii, isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { z } from 'zod';
import { ABORTED, AppError, type FieldError, invalidField } from '../core/errors';
import { PAUSE_ABOVE } from '../core/time-slicing';
import { MAX_TEXT_BYTES } from '../pastes/schema';
import type { ApiContext } from './context';

// A control character takes six bytes in JSON (\u001b); a text within the limit is never rejected for its
// escapes. The rest is room for names, titles and multipart boundaries.
export const MAX_BODY_BYTES = MAX_TEXT_BYTES * 6 + 256 * 1024;
// A paste is a few strings. A large body of millions of empty objects or unknown fields would take seconds
// and hundreds of megabytes before the error, and is not even parsed.
const COUNT_PARTS_ABOVE = 1024 * 1024;
const MAX_PARTS = 10_000;
/** How much is scanned before other requests get their turn. */
const PAUSE_EVERY_BYTES = 4 * 1024 * 1024;
const MAX_FAULTS_TOLD = 20;
// Everything but a text is a few words.
const MAX_WORDS_BYTES = 64 * 1024;
const MAX_FIELDS_BYTES = 16 * 1024;
const RECEIVE_WITHIN_MS = 60_000;
/** A body up to this size needs no slot. */
export const LARGE_BYTES = 1024 * 1024;
/** A body that holds a slot and arrives slower than this, for longer than the grace, is aborted. */
const MIN_BYTES_PER_MS = 64;
const SLOW_GRACE_MS = 5_000;
const DRAIN_MS = 2_000;

interface Receiving {
  /** In bytes. */
  max: number;
  /** Called with each chunk; an error that it throws ends the reading. */
  watch?: (chunk: Uint8Array) => void;
}

/** A request with a body: a context of Hono, or Node's request by `ofIncoming`. */
export interface BodySource {
  header(name: string): string | undefined;
  incoming: IncomingMessage | undefined;
  /** Begins to read it. */
  open(): BodyReader | undefined;
  /** Waits until a body that large may be read. */
  takeSlot?: ((bytes: number) => Promise<void>) | undefined;
}

interface BodyReader {
  read(): Promise<IteratorResult<Uint8Array, unknown>>;
  cancel(reason?: Error): Promise<void>;
}

/** The body of Node's request: a web stream of that would cost more than parsing a small body. */
export function ofIncoming(incoming: IncomingMessage): BodySource {
  return {
    header: (name) => incoming.headers[name] as string | undefined,
    incoming,
    open() {
      const chunks = incoming.iterator({ destroyOnReturn: false });
      return {
        read: () => chunks.next(),
        cancel: async (reason) => {
          incoming.destroy(reason);
        },
      };
    },
  };
}

function ofContext(c: ApiContext): BodySource {
  const incoming = c.env?.incoming;
  return {
    ...(incoming
      ? ofIncoming(incoming)
      : { open: () => c.req.raw.body?.getReader() as BodyReader | undefined }),
    incoming,
    header: (name) => c.req.header(name),
    takeSlot: c.get('takeBodySlot'),
  };
}

/**
 * The bytes received, of which no more than `max` are read.
 * @throws AppError unsupported_media_type (compressed), too_large, malformed_body, overloaded
 */
export function readBytes(c: ApiContext, receiving: Receiving): Promise<Uint8Array<ArrayBuffer>> {
  return readBody(ofContext(c), receiving);
}

/** As `readBytes`. */
export async function readBody(source: BodySource, receiving: Receiving): Promise<Uint8Array<ArrayBuffer>> {
  const { max } = receiving;
  const encoding = source.header('content-encoding');
  if (encoding !== undefined && encoding !== 'identity') {
    throw new AppError('unsupported_media_type', { detail: 'Compressed request bodies are not accepted.' });
  }
  const announced = source.header('content-length');
  if (announced !== undefined && Number(announced) > max) throw tooLarge(max);
  const bytes = takeArrived(source, receiving) ?? (await receive(source, receiving));
  if (announced !== undefined && Number(announced) !== bytes.length) {
    throw new AppError('malformed_body', { detail: 'The body does not match its Content-Length.' });
  }
  return bytes;
}

/** A small body that has arrived, as most have by now; null if it has to be waited for, or is too large. */
function takeArrived({ incoming }: BodySource, { max, watch }: Receiving): Uint8Array<ArrayBuffer> | null {
  const length = incoming?.readableLength ?? 0;
  if (!incoming?.complete || length === 0 || length > Math.min(max, LARGE_BYTES)) return null;
  const bytes = incoming.read() as Buffer<ArrayBuffer> | null;
  if (bytes !== null) watch?.(bytes);
  return bytes;
}

/** Counts the received bytes, independently of Content-Length, and stops reading past the limit. */
async function receive(source: BodySource, { max, watch }: Receiving): Promise<Uint8Array<ArrayBuffer>> {
  const reader = source.open();
  if (!reader) return new Uint8Array();
  const deadline = Date.now() + RECEIVE_WITHIN_MS;
  const chunks: Uint8Array[] = [];
  let length = 0;
  let slot: { since: number; at: number } | undefined;
  try {
    for (;;) {
      const due = slot && slot.at + SLOW_GRACE_MS + (length - slot.since) / MIN_BYTES_PER_MS;
      const next = await readWithin(reader, Math.min(deadline, due ?? deadline) - Date.now());
      if (next.done) break;
      length += next.value.length;
      if (length > max) throw tooLarge(max);
      watch?.(next.value);
      chunks.push(next.value);
      if (length <= LARGE_BYTES || slot) continue;
      await source.takeSlot?.(Number(source.header('content-length') ?? max));
      slot = { since: length, at: Date.now() };
    }
  } catch (error) {
    void drain(reader);
    throw error;
  }
  return Buffer.concat(chunks, length);
}

/** Discards the rest of the body for a while, so that the client reads the response. */
async function drain(reader: BodyReader): Promise<void> {
  const until = Date.now() + DRAIN_MS;
  try {
    while (Date.now() < until && !(await reader.read()).done);
    await reader.cancel();
  } catch {
    // The client has disconnected.
  }
}

type Chunk = Awaited<ReturnType<BodyReader['read']>>;

async function readWithin(reader: BodyReader, ms: number): Promise<Chunk> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => {
        const slow = new AppError('malformed_body', { detail: 'The body did not arrive in time.' });
        reject(slow);
        void reader.cancel(slow).catch(() => {});
      },
      Math.max(0, ms),
    );
  });
  try {
    return await Promise.race([reader.read().catch(throwAborted), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

/** What fails here is the client's connection. */
function throwAborted(cause: unknown): never {
  throw new AppError('malformed_body', { detail: ABORTED, cause });
}

function tooLarge(max: number): AppError {
  if (max >= MAX_TEXT_BYTES) return new AppError('too_large');
  return new AppError('too_large', { detail: `The body can be at most ${max / 1024} KiB.` });
}

/** The text, its byte-order mark included. @throws AppError validation_failed when the bytes are not UTF-8 */
export function decodeText(bytes: Uint8Array, path: string): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Ten times as fast as decoding UTF-8, and JSON with escapes is all ASCII.
  if (isAscii(buffer)) return buffer.toString('latin1');
  if (!isUtf8(buffer)) throw invalidField(path, 'not_utf8');
  return buffer.toString();
}

/** @throws AppError unsupported_media_type, too_large, malformed_json, malformed_body, validation_failed */
export async function parseJson<S extends z.ZodType>(
  c: ApiContext,
  schema: S,
  { max = MAX_WORDS_BYTES } = {},
): Promise<z.output<S>> {
  if (mediaType(c) !== 'application/json') throw new AppError('unsupported_media_type');
  return parseJsonBytes(await readBytes(c, { max }), schema);
}

/** As `parseJson`, of at most 64 KiB; null for an empty body of any media type. */
export async function parseOptionalJson<S extends z.ZodType>(
  c: ApiContext,
  schema: S,
): Promise<z.output<S> | null> {
  const bytes = await readBytes(c, { max: MAX_WORDS_BYTES });
  if (bytes.length === 0) return null;
  if (mediaType(c) !== 'application/json') throw new AppError('unsupported_media_type');
  return parseJsonBytes(bytes, schema);
}

/** @throws AppError malformed_json, validation_failed */
export async function parseJsonBytes<S extends z.ZodType>(
  bytes: Uint8Array,
  schema: S,
): Promise<z.output<S>> {
  if (bytes.length > COUNT_PARTS_ABOVE && (await hasManyParts(bytes))) {
    throw new AppError('validation_failed', { detail: 'This JSON has more members than a paste can have.' });
  }
  const pause = () => (bytes.length > PAUSE_ABOVE ? nextTurn() : undefined);
  await pause();
  const text = decodeText(bytes, '');
  await pause();
  let value: unknown;
  try {
    value = JSON.parse(text.startsWith('\ufeff') ? text.slice(1) : text);
  } catch {
    throw new AppError('malformed_json');
  }
  await pause();
  return validate(schema, value);
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const PART_MARKS: ReadonlySet<number> = new Set([...'{[,:'].map((mark) => mark.charCodeAt(0)));

/** Whether JSON has more than `MAX_PARTS` objects, arrays and members, without parsing it. */
async function hasManyParts(bytes: Uint8Array): Promise<boolean> {
  let parts = 0;
  let inString = false;
  let pauseAt = PAUSE_EVERY_BYTES;
  for (let at = 0; at < bytes.length; at += 1) {
    if (at >= pauseAt) {
      await nextTurn();
      pauseAt = at + PAUSE_EVERY_BYTES;
    }
    const byte = bytes[at] ?? 0;
    if (inString) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) inString = false;
    } else if (byte === QUOTE) {
      inString = true;
    } else if (PART_MARKS.has(byte)) {
      parts += 1;
      if (parts > MAX_PARTS) return true;
    }
  }
  return false;
}

/** The fields of a form of a page. @throws AppError unsupported_media_type, too_large, validation_failed */
export async function readFields(c: ApiContext, max = MAX_FIELDS_BYTES): Promise<URLSearchParams> {
  if (mediaType(c) !== 'application/x-www-form-urlencoded') throw new AppError('unsupported_media_type');
  return new URLSearchParams(decodeText(await readBytes(c, { max }), ''));
}

/** The query, each parameter at most once. @throws AppError validation_failed */
export function parseQuery<S extends z.ZodType>(c: ApiContext, schema: S): z.output<S> {
  const queries = c.req.queries();
  const repeated = Object.keys(queries).filter((name) => (queries[name]?.length ?? 0) > 1);
  if (repeated.length > 0) {
    throw new AppError('validation_failed', {
      fields: repeated.map((path) => ({ path, message: 'parameter_repeated' })),
    });
  }
  return validate(schema, c.req.query());
}

/** @throws AppError validation_failed, with every fault */
export function validate<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new AppError('validation_failed', {
    fields: parsed.error.issues.slice(0, MAX_FAULTS_TOLD).flatMap(toFieldErrors).slice(0, MAX_FAULTS_TOLD),
  });
}

function toFieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.slice(0, MAX_FAULTS_TOLD).map((key) => ({
      path: [...issue.path, key].map(String).join('.'),
      message: 'field_unknown',
    }));
  }
  return [{ path: issue.path.map(String).join('.'), message: issue.message }];
}

/** The media type without parameters, lower-case; empty when none was sent. */
export function mediaType(c: ApiContext): string {
  return mediaTypeIn(c.req.header('content-type'));
}

/** The media type in a `Content-Type`. */
export function mediaTypeIn(contentType = ''): string {
  return contentType.split(';')[0]?.trim().toLowerCase() ?? '';
}
