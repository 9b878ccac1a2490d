const KIB = 1024;
const MIB = 1024 * 1024;

/** The most text that a paste can have, for messages that say it: in KiB where it is less than one MiB. */
export function sizeValues(maxBytes: number): { max: number; unit: 'KiB' | 'MiB' } {
  return maxBytes < MIB ? { max: maxBytes / KIB, unit: 'KiB' } : { max: maxBytes / MIB, unit: 'MiB' };
}
