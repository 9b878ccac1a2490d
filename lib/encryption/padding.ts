const BLOCK = 512;
const MIN_SIZE = 4 * 1024;

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
