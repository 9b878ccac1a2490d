import 'server-only';
import { getTranslations } from 'next-intl/server';
import { isPlainPost } from '@/components/actions/arrive';
import { type FormState, NOT_POSTED } from '@/components/actions/form-state';
import { setPageStatus } from '@/components/request/page-response';
import { MAX_CONTACTS } from '@/lib/contacts/import';
import { MAX_IMPORT_ENTRIES } from '@/lib/contacts/import-limits';
import type { ImportRefusal } from '@/lib/contacts/read-import-file';

/** Refuses a file as a whole. */
export async function refuseFile(refusal: ImportRefusal): Promise<FormState> {
  const isTooLarge = refusal === 'tooLarge' || refusal === 'tooMany' || refusal === 'full';
  if (await isPlainPost()) setPageStatus(isTooLarge ? 413 : 422);
  return {
    ...NOT_POSTED,
    outcome: 'error',
    code: isTooLarge ? 'too_large' : 'validation_failed',
    sentence: await refusalSentence(refusal),
  };
}

export async function refusalSentence(refusal: ImportRefusal): Promise<string> {
  const t = await getTranslations('contacts.import.refusals');
  return t(refusal, { max: refusal === 'full' ? MAX_CONTACTS : MAX_IMPORT_ENTRIES });
}
