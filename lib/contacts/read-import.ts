import { type CheckedEntries, checkEntries } from './check-entries';
import type { ColumnTarget, ImportOptions, ImportReading } from './import-reading';
import { type ImportRemark, remarksOf } from './import-report';
import { type ImportRefusal, readImportFile } from './read-import-file';
import { runInSlices } from './time-slicing';

/** What a user has chosen on the preview of an import; everything else is as detected. */
export interface ImportChoices extends Pick<ImportOptions, 'encoding' | 'dateOrder'> {
  /** Targets by the index of the column. */
  targets: ReadonlyMap<number, ColumnTarget>;
}

export interface ReadImport {
  reading: ImportReading;
  /** The columns as detected. */
  detected: readonly ColumnTarget[];
  checked: CheckedEntries;
  remarks: ImportRemark[];
}

/** Reads and checks a file as it would be imported with these choices. */
export async function readImport(
  bytes: Uint8Array,
  choices: ImportChoices,
): Promise<ReadImport | { refusal: ImportRefusal }> {
  const { targets, ...options } = choices;
  const first = await runInSlices(readImportFile(bytes, options));
  if ('refusal' in first) return first;
  const detected = first.columns.map(({ target }) => target);
  const columns = detected.map((target, index) => targets.get(index) ?? target);
  const isChanged = columns.some((target, index) => target !== detected[index]);
  const reading = isChanged ? await runInSlices(readImportFile(bytes, { ...options, columns })) : first;
  if ('refusal' in reading) return reading;
  const checked = await runInSlices(checkEntries(reading.entries, { mayShorten: true }));
  return { reading, detected, checked, remarks: remarksOf(reading, checked) };
}
