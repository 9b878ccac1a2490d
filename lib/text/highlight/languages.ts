import { type Language, language } from './language';
import { LANGUAGES_WITH_GRAMMAR } from './languages-with-grammar';
import { LANGUAGES_WITHOUT_GRAMMAR } from './languages-without-grammar';

/** The id of the language of a text in none. */
export const PLAIN_TEXT = 'text';

/** Plain text, then every language by name, with or without a grammar. */
export const languages: readonly Language[] = [
  language(PLAIN_TEXT, 'Plain text', 'txt text log', 'plain plaintext none plain-text text-only ansi'),
  ...[...LANGUAGES_WITH_GRAMMAR, ...LANGUAGES_WITHOUT_GRAMMAR].sort((one, other) =>
    one.name.toLowerCase() < other.name.toLowerCase() ? -1 : 1,
  ),
];

const extensionOwners: ReadonlyMap<string, string> = new Map([
  ['cfg', 'properties'],
  ['conf', 'properties'],
  ['html', 'html'],
  ['m', 'objective-c'],
  ['sig', 'pgp'],
  ['sql', 'sql'],
  ['text', PLAIN_TEXT],
  ['v', 'verilog'],
]);

export const languagesById: ReadonlyMap<string, Language> = new Map(
  languages.map((entry) => [entry.id, entry]),
);
export const languagesByExtension = indexExtensions();
const byLabel = indexLabels();

function indexExtensions(): ReadonlyMap<string, Language> {
  const index = new Map<string, Language>();
  for (const entry of languages) {
    for (const extension of entry.extensions) {
      const owner = extensionOwners.get(extension) ?? entry.id;
      if (owner === entry.id) index.set(extension, entry);
    }
  }
  return index;
}

function indexLabels(): ReadonlyMap<string, Language> {
  const index = new Map<string, Language>(languagesByExtension);
  for (const entry of languages) for (const alias of entry.aliases) index.set(alias, entry);
  for (const entry of languages) {
    index.set(hyphenated(entry.name), entry);
    index.set(entry.name.toLowerCase(), entry);
  }
  for (const entry of languages) index.set(entry.id, entry);
  return index;
}

/** By id, name, alias or extension, in any case: `ts`, `C++`, `yml`, `Vim script`, `vim_script`. */
export function findLanguage(label: string): Language | null {
  return byLabel.get(label.trim().toLowerCase()) ?? byLabel.get(hyphenated(label.trim())) ?? null;
}

function hyphenated(label: string): string {
  return label.toLowerCase().replace(/[\s_]/g, '-');
}

/** Whether texts in this language can be highlighted. */
export function hasGrammar(language: Language): boolean {
  return LANGUAGES_WITH_GRAMMAR.includes(language);
}

/** The name to show for a language id; an unknown id reads as plain text. */
export function languageName(id: string): string {
  return (languagesById.get(id) ?? languagesById.get(PLAIN_TEXT))?.name ?? id;
}

/** The extension, without the dot, that a download in this language gets. */
export function fileExtension(id: string): string {
  return languagesById.get(id)?.extensions[0] ?? 'txt';
}
