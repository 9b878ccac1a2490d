import { runInSlices } from '../core/time-slicing';
import { type CheckedEntries, checkEntries } from './check-entries';
import type { ImportOptions, ImportReading } from './import-reading';
import { type ImportRemark, remarksOf } from './import-report';
import { type ImportRefusal, readImportFile } from './read-import-file';

export interface ReadImport {
  reading: ImportReading;
  checked: CheckedEntries;
  remarks: ImportRemark[];
}

/** Reads and checks a file as it would be imported with these options. */
export async function readImport(
  bytes: Uint8Array,
  options: ImportOptions = {},
): Promise<ReadImport | { refusal: ImportRefusal }> {
  const reading = await runInSlices(readImportFile(bytes, options));
  if ('refusal' in reading) return reading;
  const checked = await runInSlices(checkEntries(reading.entries));
  return { reading, checked, remarks: await runInSlices(remarksOf(reading, checked)) };
}
