import { shownLanguage } from '../highlight/detect-language';

export type View = 'markdown' | 'json' | 'csv';

interface NamedFile {
  readonly name: string;
  readonly language: string;
}

const VIEWS: ReadonlyMap<string, View> = new Map([
  ['markdown', 'markdown'],
  ['json', 'json'],
  ['json-ld', 'json'],
  ['csv', 'csv'],
  ['tsv', 'csv'],
]);

/** How a file can be shown other than as its source. */
export function viewFor(file: NamedFile): View | null {
  return VIEWS.get(shownLanguage(file)) ?? null;
}

/** What the language of a table says of its delimiter. */
export function delimiterFor(file: NamedFile): '\t' | undefined {
  return shownLanguage(file) === 'tsv' ? '\t' : undefined;
}
