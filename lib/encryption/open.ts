import { decryptWithKey } from './age-file';
import { type OpenedArchive, unpackArchive } from './archive';
import { EncryptionError } from './errors';
import type { SecretKey } from './key-shape';
import { MAX_PAYLOAD_BYTES } from './limits';
import type { Intention } from './manifest';

/** How far clocks may differ, in milliseconds. */
const CLOCK_TOLERANCE_MS = 10 * 60_000;

interface OpenOptions {
  contentKey: SecretKey;
  revision?: number | undefined;
  isExact?: boolean;
}

/**
 * Decrypts a paste and checks all of it before anything is returned.
 * @param options.revision which one the server says it is, if known: an earlier one is not what the author published,
 *   a later one was saved since the server said so
 * @param options.isExact whether a later one is wrong too
 * @throws EncryptionError key_malformed, wrong_key, damaged, other_revision, too_large, too_many_files, unknown_version
 */
export async function openPayload(
  payload: Uint8Array,
  { contentKey, revision, isExact = false }: OpenOptions,
): Promise<OpenedArchive> {
  if (payload.length > MAX_PAYLOAD_BYTES) throw new EncryptionError('too_large');
  const opened = await unpackArchive(await decryptWithKey(payload, contentKey));
  const { intention } = opened;
  if (intention && revision !== undefined) {
    const isOther = isExact ? intention.revision !== revision : intention.revision < revision;
    if (isOther) throw new EncryptionError('other_revision');
  }
  return opened;
}

export type Difference = 'expires_later' | 'more_reads';

/** Where the server keeps the paste for longer, or for more readers, than its author meant. */
export function compareWithServer(
  intention: Intention | null,
  server: Pick<Intention, 'expiresAt' | 'burnAfter'>,
): Difference[] {
  if (intention === null) return [];
  const differences: Difference[] = [];
  const latest =
    intention.expiresAt === null
      ? Number.POSITIVE_INFINITY
      : intention.expiresAt.getTime() + CLOCK_TOLERANCE_MS;
  if ((server.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY) > latest) differences.push('expires_later');
  const allowed = intention.burnAfter ?? Number.POSITIVE_INFINITY;
  if ((server.burnAfter ?? Number.POSITIVE_INFINITY) > allowed) differences.push('more_reads');
  return differences;
}
