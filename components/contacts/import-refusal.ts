import 'server-only';
import { getTranslations } from 'next-intl/server';
import { isPlainPost } from '@/components/actions/arrive';
import { errorState } from '@/components/actions/error-state';
import { type FormState, NOT_POSTED } from '@/components/actions/form-state';
import { setPageStatus } from '@/components/request/page-response';
import type { EntryFault } from '@/lib/contacts/check-entries';
import { MAX_CONTACTS } from '@/lib/contacts/import';
import { MAX_FAULTS_SHOWN, MAX_IMPORT_ENTRIES } from '@/lib/contacts/import-limits';
import type { ImportRefusal } from '@/lib/contacts/read-import-file';
import { AppError } from '@/lib/core/errors';

/** Prefix of the state's fields that are about a line of the file. */
const LINE = 'line.';

const FIELDS = ['first_name', 'last_name', 'email', 'phone', 'birthday', 'info'] as const;

/** Refuses a file as a whole. */
export async function refuseFile(refusal: ImportRefusal): Promise<FormState> {
  const t = await getTranslations('contacts.import.refusals');
  const isTooLarge = refusal === 'tooLarge' || refusal === 'tooMany' || refusal === 'full';
  if (await isPlainPost()) setPageStatus(isTooLarge ? 413 : 422);
  return {
    ...NOT_POSTED,
    outcome: 'error',
    code: isTooLarge ? 'too_large' : 'validation_failed',
    fields: { file: t(refusal, { max: refusal === 'full' ? MAX_CONTACTS : MAX_IMPORT_ENTRIES }) },
  };
}

/** Lists the first entries that cannot be imported, each with its line and all its errors. */
export async function refuseEntries(faulty: readonly EntryFault[], total: number): Promise<FormState> {
  const t = await getTranslations('contacts');
  const fields: Record<string, string> = {};
  for (const { line, faults } of faulty.slice(0, MAX_FAULTS_SHOWN)) {
    const { fields: reasons } = await errorState(new AppError('validation_failed', { fields: faults }));
    const told = Object.entries(reasons).map(([path, reason]) => {
      const field = FIELDS.find((name) => name === path);
      return field === undefined ? reason : `${t(`fields.${field}`)}: ${reason}`;
    });
    fields[`${LINE}${line}`] = t('import.line', { line, reasons: told.join(' ') });
  }
  if (await isPlainPost()) setPageStatus(422);
  const sentence = t('import.faulty', { count: faulty.length, total });
  return { ...NOT_POSTED, outcome: 'error', code: 'validation_failed', sentence, fields };
}
