import type { Visibility } from '../generated/prisma/enums';

/** The languages in `feed_languages` for a paste with these files: each once if it is public, else none. */
export function feedLanguages(visibility: Visibility, files: readonly { language: string }[]): string[] {
  return visibility === 'public' ? [...new Set(files.map(({ language }) => language))] : [];
}
