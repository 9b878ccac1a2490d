import 'server-only';
import { getTranslations } from 'next-intl/server';
import { IMPORT_ENCODINGS } from '@/lib/contacts/import-reading';

/** An encoding as it is named to users. */
export async function encodingName(label: string): Promise<string> {
  const t = await getTranslations('contacts.import');
  const known = IMPORT_ENCODINGS.find((one) => one === label);
  return known === undefined ? label : t(`encodings.${known}`);
}
