import { fileExtension } from '../text/highlight/languages';
import type { FileRecord, PasteRecord } from './queries';

/** The names under which the files of a revision are saved, each different; of a secret paste, that of its ciphertext. */
export function savedNames(
  { slug, isSecret }: Pick<PasteRecord, 'slug' | 'isSecret'>,
  stored: readonly FileRecord[],
): string[] {
  if (isSecret) return [`${slug}.age`];
  return uniqueNames(
    stored.map(({ name, language }, index) => name || `file-${index + 1}.${fileExtension(language)}`),
  );
}

/** The names with later duplicates numbered: `a.txt`, `a (2).txt`. Compared without regard to case. */
function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const dot = name.lastIndexOf('.');
    const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
    let unique = name;
    for (let count = 2; taken.has(unique.toLowerCase()); count += 1)
      unique = `${stem} (${count})${extension}`;
    taken.add(unique.toLowerCase());
    return unique;
  });
}
