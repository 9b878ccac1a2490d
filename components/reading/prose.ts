import type { WrapChoice } from './wrap-choice';

/** The rows of tables are not prose, but as long as its lines. */
const PROSE = new Set(['text', 'markdown', 'textile', 'mbox', 'latex', 'csv', 'tsv']);

/** Whether texts of this language are prose, whose lines wrap. */
export function isProse(language: string): boolean {
  return PROSE.has(language);
}

/** Whether the lines of all files wrap. */
export function doesWrapBy(choice: WrapChoice, files: readonly { language: string }[]): boolean {
  return choice === undefined ? files.every(({ language }) => isProse(language)) : choice === 'on';
}
