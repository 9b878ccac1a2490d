import { languageName } from '@/lib/text/highlight/languages';

/** Plain text has a name in the reader's own language; the others are called alike in all. */
export function languageLabelOf(id: string, plainText: string): string {
  return id === 'text' ? plainText : languageName(id);
}
