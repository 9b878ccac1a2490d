import 'server-only';
import { AppError, invalidField } from '../core/errors';
import { importContacts } from './import';
import type { ImportOptions } from './import-reading';
import { toReport } from './import-report';
import { readImport } from './read-import';
import type { ImportRefusal } from './read-import-file';
import { getImportOrThrow, ImportEnded, storeReport } from './stored-imports';

/**
 * Imports a stored file and puts the report in its place; does nothing if it has been imported. Returns why it is
 * refused, or null.
 * @throws AppError not_found, conflict; validation_failed if the order of day and month must be chosen
 */
export async function importStored(
  ownerId: string,
  id: string,
  choices: ImportOptions,
): Promise<ImportRefusal | null> {
  const { bytes } = await getImportOrThrow(ownerId, id);
  if (bytes === null) return null;
  const read = await readImport(bytes, choices);
  if ('refusal' in read) return read.refusal;
  if (read.reading.datesAmbiguous && choices.dateOrder === undefined) {
    throw invalidField('dates', 'date_order_missing');
  }
  const { valid, faulty } = read.checked;
  try {
    await importContacts(ownerId, valid, (tx, outcome) =>
      storeReport(tx, {
        ownerId,
        id,
        report: toReport(outcome, { left: faulty.length, known: read.remarks }),
      }),
    );
  } catch (error) {
    if (error instanceof ImportEnded) return null;
    if (error instanceof AppError && error.code === 'too_large') return 'full';
    throw error;
  }
  return null;
}
