import 'server-only';
import { requestAborted } from '../core/app-error';
import { ByteSlots } from '../core/byte-slots';
import type { Caller } from '../core/caller';
import { limitSubject } from '../core/http/client-address';
import { perProcess } from '../core/per-process';

const MIB = 1024 * 1024;

/** Texts up to this size together take no slot. */
export const LARGE_READ_BYTES = MIB / 4;

const FORM_FACTOR = 4;

const slots = perProcess(
  'large-reads',
  () => new ByteSlots({ capacity: 64 * MIB, perClient: 32 * MIB, waitMs: 2_000, maxWaiting: 64 }),
);

/** What several requests read at the same time, and how many of them there are. */
interface SharedRead {
  readers: number;
  /** Aborted when the last of them has ended. */
  ending: AbortController;
  value: Promise<unknown>;
}

const sharedReads = perProcess('shared-reads', () => new Map<string, SharedRead>());

/** `signal` aborts when the request is over: it then waits no longer, or gives back what it took. */
export interface LargeReader extends Pick<Caller, 'address'> {
  signal?: AbortSignal | undefined;
}

/** How large these texts are together, in bytes. */
export function totalBytes(files: readonly { bytes: number }[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

/**
 * Waits until texts of that many bytes together may be read and rendered: a response needs several times their
 * size, from then on until it is sent.
 * @returns what is to be called when the response was sent. @throws AppError overloaded; `requestAborted`
 */
export async function takeReadSlot(bytes: number, { address, signal }: LargeReader): Promise<() => void> {
  if (bytes <= LARGE_READ_BYTES) return () => {};
  return slots.get().take(limitSubject(address), bytes, signal);
}

/** As `takeReadSlot`, for texts to be edited: their page has them as fields, and again as data for its script. */
export function takeEditSlot(files: readonly { bytes: number }[], reader: LargeReader): Promise<() => void> {
  return takeReadSlot(FORM_FACTOR * totalBytes(files), reader);
}

/**
 * As `takeReadSlot`, for requests that read the same: all of them use the result that `load` has for the
 * first, and its slot, until the last of them ends. The signal that `load` gets aborts then.
 */
export async function shareRead<T>(
  id: string,
  {
    bytes,
    reader: { address, signal },
    load,
  }: { bytes: number; reader: LargeReader; load: (signal?: AbortSignal) => Promise<T> },
): Promise<{ value: T; end: () => void }> {
  if (bytes <= LARGE_READ_BYTES) return { value: await load(), end: () => {} };
  if (signal?.aborted) throw requestAborted();
  const reads = sharedReads.get();
  const read = reads.get(id) ?? startRead(id, { bytes, address, load });
  const forget = () => {
    if (reads.get(id) === read) reads.delete(id);
  };
  read.readers += 1;
  let isReading = true;
  const end = () => {
    if (!isReading) return;
    isReading = false;
    signal?.removeEventListener('abort', end);
    read.readers -= 1;
    if (read.readers > 0) return;
    forget();
    read.ending.abort(requestAborted());
  };
  signal?.addEventListener('abort', end);
  try {
    return { value: (await read.value) as T, end };
  } catch (error) {
    // The next reader tries again.
    forget();
    end();
    throw error;
  }
}

function startRead(
  id: string,
  {
    bytes,
    address,
    load,
  }: { bytes: number; address: string; load: (signal: AbortSignal) => Promise<unknown> },
): SharedRead {
  const ending = new AbortController();
  const { signal } = ending;
  const value = takeReadSlot(bytes, { address, signal }).then(() => load(signal));
  const read = { readers: 0, ending, value };
  sharedReads.get().set(id, read);
  return read;
}
