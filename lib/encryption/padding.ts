import { MAX_CONTENT_BYTES, MAX_HEADER_BYTES, MAX_PAYLOAD_BYTES } from './limits';

const BLOCK = 512;
const MIN_SIZE = 4 * 1024;
/** Room for the names of the files and their headers. */
const HEADERS = 32 * 1024;
/** An age file has 16 bytes for each chunk of 64 KiB, besides its header. */
const CHUNK = 64 * 1024;

/**
 * The size, in bytes, up to which an archive of `size` bytes is filled, so that its ciphertext tells less about the
 * length of the text: at least 4 KiB, then sizes whose binary form has few significant digits (Padmé, from "Reducing
 * Metadata Leakage from Encrypted Files and Communication with PURBs", 2019): at most 12 % more.
 */
export function paddedSize(size: number): number {
  if (size <= MIN_SIZE) return MIN_SIZE;
  const exponent = Math.floor(Math.log2(size));
  const significant = Math.floor(Math.log2(exponent)) + 1;
  const step = Math.max(BLOCK, 2 ** (exponent - significant));
  return Math.ceil(size / step) * step;
}

/** The most that the encrypted archive of `contentBytes` of text is expected to have, in bytes. */
export function maxPayloadBytes(contentBytes: number): number {
  if (contentBytes >= MAX_CONTENT_BYTES) return MAX_PAYLOAD_BYTES;
  const archive = paddedSize(contentBytes + HEADERS);
  return Math.min(MAX_PAYLOAD_BYTES, archive + 16 * Math.ceil(archive / CHUNK) + MAX_HEADER_BYTES);
}
