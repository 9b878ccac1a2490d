import 'server-only';
import type { ServerResponse } from 'node:http';
import { perProcess } from '@/lib/core/per-process';
import { MarkReplacer } from './mark-replacer';
import { currentResponse } from './next-response';

/*
 * React and Next copy a page several times on its way to the client, which takes ten times the size of a large
 * text for as long as the response lasts. They get a mark in its place; the bytes, which requests share, are
 * written to the response where the mark would be.
 */
const replacers = perProcess('mark-replacers', () => new WeakMap<ServerResponse, MarkReplacer>());

/** @returns HTML that stands for the bytes on the page being rendered; null where the host hides the response */
export function insertBytes(bytes: Uint8Array): string | null {
  const response = currentResponse();
  if (!response) return null;
  const known = replacers.get().get(response);
  const replacer = known ?? new MarkReplacer();
  // A view: the compression of Next copies whole what is not a Buffer.
  const mark = replacer.add(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (known) return mark;
  replacers.get().set(response, replacer);
  replaceMarks(response, replacer);
  return mark;
}

/** Replaces marks in what is written from now on. */
export function replaceMarks(response: ServerResponse, replacer: MarkReplacer): void {
  const write = response.write.bind(response) as (bytes: Uint8Array, done?: unknown) => boolean;
  const end = response.end.bind(response);

  response.write = (chunk: string | Uint8Array, ...rest: unknown[]) => {
    const pieces = replacer.push(toBytes(chunk, rest[0]));
    const done = rest.find((one) => typeof one === 'function');
    // An empty last piece carries the callback if all of the chunk is kept back.
    const last = pieces.pop() ?? new Uint8Array();
    for (const piece of pieces) write(piece);
    return write(last, done);
  };
  response.end = ((...rest: unknown[]) => {
    const [chunk, encoding] = rest;
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) {
      for (const piece of replacer.push(toBytes(chunk, encoding))) write(piece);
    }
    const kept = replacer.flush();
    if (kept.length > 0) write(kept);
    return end(rest.find((one): one is () => void => typeof one === 'function'));
  }) as ServerResponse['end'];
}

function toBytes(chunk: string | Uint8Array, encoding: unknown): Uint8Array {
  if (typeof chunk !== 'string') return chunk;
  return Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8');
}
