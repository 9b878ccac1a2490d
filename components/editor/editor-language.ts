import type { LanguageSupport } from '@codemirror/language';
import { languages as descriptions } from '@codemirror/language-data';
import { languages } from '@/lib/text/highlight/languages';
import { unsafeGrammars } from '@/lib/text/highlight/unsafe-grammars';

/** @returns null for plain text, and for what cannot be coloured */
export async function loadSupport(id: string): Promise<LanguageSupport | null> {
  if (unsafeGrammars.has(id)) return null;
  const name = languages.find((language) => language.id === id)?.name;
  const description = descriptions.find((entry) => entry.name === name);
  return description ? description.load().catch(() => null) : null;
}
