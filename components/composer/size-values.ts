const KIB = 1024;
const MIB = 1024 * 1024;

/** The most text that a paste can have, for messages that say it: in KiB where it is not a whole number of MiB. */
export function sizeValues(maxBytes: number): { max: number; unit: 'KiB' | 'MiB' } {
  return maxBytes % MIB === 0 ? { max: maxBytes / MIB, unit: 'MiB' } : { max: maxBytes / KIB, unit: 'KiB' };
}
