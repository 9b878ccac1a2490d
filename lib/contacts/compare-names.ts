/** й is a letter of its own, not и with a diacritic. */
const SHORT_I = /\u0438\u0306/g;
const MARKS = /[\u0300-\u036f]/g;
/** In UTF-16 units, far above the limit of a name: normalizing takes quadratic time on runs of combining marks. */
export const MAX_COMPARED = 500;

/** What tells people of one name apart. */
const AFFIXES = new Set([
  ...['jr', 'sr', 'junior', 'senior', 'ii', 'iii', 'iv', 'dr', 'prof', 'mr', 'mrs', 'ms', 'miss'],
  ...['herr', 'frau', 'мл', 'ст'],
]);

/** The words of the first `MAX_COMPARED` units of a name in lower case, without diacritics and final full stops, sorted. */
export function nameWords(name: string): string[] {
  const lower = name.slice(0, MAX_COMPARED).toLowerCase();
  const letters = lower.normalize('NFD').replace(SHORT_I, '\u0439').replace(MARKS, '');
  return letters
    .split(/[\s,]+/)
    .map((word) => word.replace(/\.$/, ''))
    .filter((word) => word !== '')
    .sort();
}

/** `close`: every word of the shorter name, or an initial for it, is in the longer one, and the affixes agree. */
export function compareNames(one: string, other: string): 'same' | 'close' | 'different' {
  const [few = [], many = []] = [one, other].map(nameWords).sort((a, b) => a.length - b.length);
  if (few.join(' ') === many.join(' ')) return 'same';
  if (few.length === 0 || affixesOf(few) !== affixesOf(many)) return 'different';
  const left = [...many];
  for (const word of few) {
    const exact = left.indexOf(word);
    const at = exact >= 0 ? exact : left.findIndex((candidate) => isInitialOf(word, candidate));
    if (at < 0) return 'different';
    left.splice(at, 1);
  }
  return 'close';
}

function affixesOf(words: readonly string[]): string {
  return words.filter((word) => AFFIXES.has(word)).join(' ');
}

function isInitialOf(word: string, other: string): boolean {
  const [short = '', long = ''] = [word, other].sort((a, b) => a.length - b.length);
  return [...short].length === 1 && /\p{L}/u.test(short) && long.startsWith(short);
}
