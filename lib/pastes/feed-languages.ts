import type { Visibility } from '../generated/prisma/enums';

/** The rows of `feed_languages` for a paste with these files: one for each language if it is public, else none. */
export function feedLanguages(
  visibility: Visibility,
  files: readonly { language: string }[],
  createdAt: Date,
): { language: string; createdAt: Date }[] {
  if (visibility !== 'public') return [];
  return [...new Set(files.map(({ language }) => language))].map((language) => ({ language, createdAt }));
}
