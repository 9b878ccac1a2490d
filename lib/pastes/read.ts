import 'server-only';
import type { Caller } from '../core/caller';
import { AppError } from '../core/errors';
import { readBody } from '../storage/body-cache';
import type { Grant } from './grants';
import { lookUpPaste } from './look-up';
import { decideRead, type Surface } from './policy';
import type { FileRecord, PasteRecord } from './queries';
import { withGrant } from './with-grant';

export interface GrantedPaste {
  paste: PasteRecord;
  /** Whether to show only that it exists: no title, no names, no bodies. */
  envelope: boolean;
  /** The caller's grant, if the paste is shared with them; for `recordOpened`. */
  grant: Grant | null;
}

/**
 * The paste, if the caller may read it on this surface.
 * @throws AppError not_found, reveal_required
 */
export async function readPaste(
  slug: string,
  { caller, surface }: { caller: Caller; surface: Surface },
): Promise<GrantedPaste> {
  const { paste: found, now } = await lookUpPaste(slug);
  if (!found) throw new AppError('not_found');
  const paste = await withGrant(found, caller);
  const decision = decideRead(caller, paste, { surface, now });
  if (decision === 'absent') throw new AppError('not_found');
  if (decision === 'reveal_required') throw new AppError(decision);
  return { paste, envelope: decision === 'envelope', grant: paste.grant };
}

/** The exact bytes of a file. @throws AppError storage_unavailable, also if they differ from what was stored */
export function readFileBody(file: FileRecord): Promise<Uint8Array> {
  return readBody(file);
}

export async function readFileText(file: FileRecord): Promise<string> {
  return decodeBody(await readFileBody(file));
}

/**
 * Reads bodies of a paste that was found before: if they are absent because it was deleted since, it is not found.
 * @throws AppError not_found, storage_unavailable
 */
export async function unlessDeleted<T>(
  slug: string,
  reader: { caller: Caller; surface: Surface },
  read: () => Promise<T>,
): Promise<T> {
  try {
    return await read();
  } catch (error) {
    await readPaste(slug, reader);
    throw error;
  }
}

/** The text of a body, its byte-order mark included. */
export function decodeBody(body: Uint8Array | undefined): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(body);
}
