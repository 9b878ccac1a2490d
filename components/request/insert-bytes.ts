import 'server-only';
import type { ServerResponse } from 'node:http';
import { perProcess } from '@/lib/core/per-process';
import { type LateBytes, MarkReplacer } from './mark-replacer';
import { currentResponse } from './next-response';

/*
 * React and Next copy a page several times on its way to the client, which takes ten times the size of a large
 * text for as long as the response lasts. They get a mark in its place; the bytes, which requests share, are
 * written to the response where the mark would be.
 */
const replacers = perProcess('mark-replacers', () => new WeakMap<ServerResponse, MarkReplacer<LateBytes>>());

/** @returns HTML that stands for the bytes on the page being rendered; null where the host hides the response */
export function insertBytes(bytes: Uint8Array | LateBytes): string | null {
  const response = currentResponse();
  if (!response) return null;
  const known = replacers.get().get(response);
  const replacer = known ?? new MarkReplacer<LateBytes>();
  const mark = replacer.add(bytes instanceof Uint8Array ? asBuffer(bytes) : bytes);
  if (known) return mark;
  replacers.get().set(response, replacer);
  replaceMarks(response, replacer);
  return mark;
}

/** A view: the compression of Next copies whole what is not a Buffer. */
function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

/**
 * Replaces marks in what is written from now on. What follows late bytes is sent after them; if their rest fails, the
 * connection is closed, so that no client takes the page for complete.
 */
export function replaceMarks(response: ServerResponse, replacer: MarkReplacer<LateBytes>): void {
  const writeBytes = response.write.bind(response) as (bytes: Uint8Array, done?: unknown) => boolean;
  const endResponse = response.end.bind(response);
  const waiting: (() => void)[] = [];
  let isLate = false;

  /** Does it now, or after the late bytes that are awaited. */
  function inTurn<T>(step: () => T, otherwise: T): T {
    if (!isLate) return step();
    waiting.push(step);
    return otherwise;
  }

  function insertLate({ start, rest }: LateBytes): void {
    if (start.length > 0) writeBytes(asBuffer(start));
    isLate = true;
    rest.then(
      (bytes) => {
        isLate = false;
        if (response.destroyed) return;
        if (bytes.length > 0) writeBytes(asBuffer(bytes));
        while (!isLate && waiting.length > 0) waiting.shift()?.();
      },
      (error: Error) => response.destroy(error),
    );
  }

  const write = (piece: Uint8Array | LateBytes, done?: unknown) =>
    inTurn(() => {
      if (piece instanceof Uint8Array) return writeBytes(piece, done);
      insertLate(piece);
      return true;
    }, true);
  const end = (done: (() => void) | undefined) =>
    inTurn(() => {
      endResponse(done);
    }, undefined);

  response.write = (chunk: string | Uint8Array, ...rest: unknown[]) => {
    const pieces = replacer.push(toBytes(chunk, rest[0]));
    const done = rest.find((one) => typeof one === 'function');
    // An empty last piece carries the callback if all of the chunk is kept back, or late.
    const last = pieces.at(-1) instanceof Uint8Array ? pieces.pop() : undefined;
    for (const piece of pieces) write(piece);
    return write(last ?? new Uint8Array(), done);
  };
  response.end = ((...rest: unknown[]) => {
    const [chunk, encoding] = rest;
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) {
      for (const piece of replacer.push(toBytes(chunk, encoding))) write(piece);
    }
    const kept = replacer.flush();
    if (kept.length > 0) write(kept);
    end(rest.find((one): one is () => void => typeof one === 'function'));
    return response;
  }) as ServerResponse['end'];
}

function toBytes(chunk: string | Uint8Array, encoding: unknown): Uint8Array {
  if (typeof chunk !== 'string') return chunk;
  return Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8');
}
