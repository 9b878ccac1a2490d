import { EncryptionError } from './errors';
import { MAX_HEADER_BYTES } from './limits';

export interface AgeHeader {
  /** The type and the arguments of each recipient stanza. */
  stanzas: string[][];
  /** In bytes: where the encrypted payload begins. */
  length: number;
}

const HEADER =
  /^age-encryption\.org\/v1\n((?:-> [!-~]+(?: [!-~]+)*\n(?:[A-Za-z0-9+/]{64}\n)*[A-Za-z0-9+/]{0,63}\n)+)--- [A-Za-z0-9+/]{43}\n/;

/**
 * The header of a binary age file (C2SP age v1), without checking its MAC.
 * @throws EncryptionError damaged if the bytes do not begin with one, or it is longer than a single recipient needs
 */
export function readAgeHeader(bytes: Uint8Array): AgeHeader {
  const start = String.fromCharCode(...bytes.subarray(0, MAX_HEADER_BYTES));
  const [header, stanzas] = HEADER.exec(start) ?? [];
  if (header === undefined || stanzas === undefined) throw new EncryptionError('damaged');
  const lines = stanzas.split('\n').filter((line) => line.startsWith('-> '));
  return { stanzas: lines.map((line) => line.slice(3).split(' ')), length: header.length };
}

/**
 * Whether the bytes begin as a file that exactly one X25519 key opens, and no password does. Stanzas that some
 * implementations add as grease are no recipients.
 */
export function isForOneKey(bytes: Uint8Array): boolean {
  try {
    const types = readAgeHeader(bytes).stanzas.map(([type = '']) => type);
    const recipients = types.filter((type) => !type.endsWith('-grease'));
    return recipients.length === 1 && recipients[0] === 'X25519';
  } catch {
    return false;
  }
}
