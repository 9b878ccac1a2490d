import { expect, it } from 'vitest';
import { hasTrigram, languagePattern, pasteHaystack, searchPattern } from './search-text';

const finds = (pattern: string | null, text: string): boolean => {
  const parts = (pattern ?? '').replace(/^%|%$/g, '').replace(/\\([\\%_])/g, '$1');
  return pattern !== null && text.includes(parts);
};

const haystack = pasteHaystack('100%_\\ Sure, ЁЖ', [
  { name: 'Main.RS', language: 'rust' },
  { name: '', language: 'text' },
]);

it('has a line for the title, each name and each language, folded', () => {
  expect(haystack).toBe('\n100%_\\ sure, еж\nmain.rs\n\trust\n\ttext\n');
  expect(pasteHaystack('', [])).toBe('\n');
});

it.each(['100%_\\', 'SURE', 'ёж', 'Еж', 'main.', 'rus', '%', '\\', '_', 'r'])('finds %j as it is', (q) => {
  expect(finds(searchPattern(q), haystack)).toBe(true);
});

it.each(['sure\nmain', 'a\tb', '\0', 'rs\n\tr'])('has no pattern for %j, which no line contains', (q) => {
  expect(searchPattern(q)).toBeNull();
});

it('finds a language as a whole, and no title of that word', () => {
  expect(finds(languagePattern('rust'), haystack)).toBe(true);
  expect(finds(languagePattern('rus'), haystack)).toBe(false);
  expect(finds(languagePattern('rust'), pasteHaystack('rust', [{ name: 'rust', language: 'text' }]))).toBe(
    false,
  );
});

it('knows which patterns have a trigram', () => {
  const indexed = ['abc', 'ёлк', 'a-b', 'ab c', '100%', 'x'.repeat(200)];
  const bare = ['', 'a', 'ab', '%', '\\', '_', '...', '☃☃☃', '%ab', '🙂'];
  expect([...indexed, ...bare].filter((q) => hasTrigram(searchPattern(q) ?? ''))).toEqual(indexed);
  expect(['c', 'text'].every((language) => hasTrigram(languagePattern(language)))).toBe(true);
});
